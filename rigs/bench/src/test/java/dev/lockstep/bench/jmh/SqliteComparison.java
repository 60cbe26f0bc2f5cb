package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** SQLite in WAL mode, by one connection, on a file of its own with the same bytes. */
final class SqliteComparison implements Comparison {

    private final Path folder = Files.createTempDirectory("sqlite");
    private final SqlClient client = new SqlClient(connect(folder.resolve("raw.db")), "BLOB");

    SqliteComparison() throws IOException, SQLException {}

    @Override
    public SessionCache cache(ContractContext context) {
        return Comparison.cache("database", Map.of("url", "jdbc:sqlite:" + folder.resolve("ours.db")), context);
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) throws SQLException {
        client.put(digest, bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) throws SQLException {
        return client.get(digest);
    }

    @Override
    public void close() throws SQLException {
        client.close();
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
        }
        return connection;
    }
}
