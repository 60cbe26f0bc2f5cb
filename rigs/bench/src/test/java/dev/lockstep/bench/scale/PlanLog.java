package dev.lockstep.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * The plans by which the database itself made a call, from its log, where {@code auto_explain}
 * writes them. One thread's.
 */
final class PlanLog {

    /** The library that the server has to load first. */
    static final String LIBRARY = "auto_explain";

    private final DataSource database;
    private final Path log;

    /** @param log of the server */
    PlanLog(DataSource database, Path log) {
        this.database = database;
        this.log = log;
    }

    /**
     * What the server logs during a call, which is made twice: other connections read settings
     * late.
     */
    String of(Callable<?> call) throws Exception {
        set("auto_explain.log_min_duration = 0", "auto_explain.log_analyze = on", "auto_explain.log_buffers = on");
        try {
            call.call();
            int before = length();
            call.call();
            return Files.readString(log).substring(before);
        } finally {
            set("auto_explain.log_min_duration = -1");
        }
    }

    private int length() throws IOException {
        return Files.readString(log).length();
    }

    private void set(String... settings) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute("ALTER SYSTEM SET " + setting);
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
