package dev.lockstep.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A MariaDB server with its own settings, but for those that it is told. For one thread at a time.
 */
public final class MariaDbServer extends DatabaseServer {

    private final Map<String, String> settings;

    private MariaDbServer(Path folder, boolean deleted, Map<String, String> settings) throws IOException {
        super(folder, deleted);
        this.settings = new TreeMap<>(settings);
    }

    /** One with an empty database, whose files are deleted when it is closed. */
    public static MariaDbServer start(Map<String, String> settings) throws IOException, InterruptedException {
        return start(new MariaDbServer(newFolder("mariadb"), true, settings));
    }

    /** One in a folder, where it may find the files of an earlier one. */
    public static MariaDbServer start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(new MariaDbServer(Files.createDirectories(folder), false, settings));
    }

    private static MariaDbServer start(MariaDbServer server) throws IOException, InterruptedException {
        if (Files.notExists(server.data())) {
            MariaDbPrograms.initialize(server.data());
        }
        server.restart();
        return server;
    }

    /** As root. */
    public String url(String database) {
        return url(port(), database);
    }

    /** As root, of any server. */
    public static String url(int port, String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root";
    }

    @Override
    public DataSource dataSource() {
        return dataSource("test");
    }

    public DataSource dataSource(String database) {
        try {
            return new MariaDbDataSource(url(database));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as root, on one connection. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** kill -9, and started again with the files that are left. */
    public void crash() throws IOException {
        kill();
        restart();
    }

    @Override
    protected List<String> command() throws IOException {
        List<String> command = MariaDbPrograms.server(data(), "--port=" + port());
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    @Override
    protected boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(""))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void shutDown() {
        end("TERM");
    }
}
