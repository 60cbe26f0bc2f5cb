package dev.lockstep.chaos.backend;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SQLite file. Somebody may hold its write lock, or empty it. */
final class SqliteBackend implements Backend {

    private final String url;
    private @Nullable Connection holder;

    SqliteBackend(Path directory) {
        url = "jdbc:sqlite:" + directory.resolve("cache.db");
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("url", url);
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-lock", 500, 4_000, this::hold, this::letGo), Harm.atOnce("cache-flush", this::empty));
    }

    /** In front of each copy are four times. */
    @Override
    public Optional<Entries> entries() throws SQLException {
        Connection connection = connect();
        execute(connection, "PRAGMA synchronous = OFF");
        return Optional.of(new TableEntries(connection, "copy, expires", 4 * Long.BYTES));
    }

    @Override
    public void close() {}

    private void hold() throws SQLException {
        holder = connect();
        execute(holder, "BEGIN IMMEDIATE");
    }

    private void letGo() throws SQLException {
        if (holder != null) {
            holder.close();
        }
    }

    private void empty() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "DELETE FROM lockstep_cache_1");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url + "?busy_timeout=30000");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
