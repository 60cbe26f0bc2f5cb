package dev.lockstep.bench.jmh;

import dev.lockstep.TokenDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table of bytes by digest, read by one statement that is prepared once. One thread's. */
final class SqlClient implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement put;
    private final PreparedStatement get;

    /** @param bytes the database's type for bytes */
    SqlClient(Connection connection, String bytes) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE raw (digest " + bytes + " PRIMARY KEY, copy " + bytes + " NOT NULL)");
        }
        put = connection.prepareStatement("INSERT INTO raw (digest, copy) VALUES (?, ?)");
        get = connection.prepareStatement("SELECT copy FROM raw WHERE digest = ?");
    }

    void put(TokenDigest digest, byte[] bytes) throws SQLException {
        put.setBytes(1, digest.toBytes());
        put.setBytes(2, bytes);
        put.executeUpdate();
    }

    byte[] get(TokenDigest digest) throws SQLException {
        get.setBytes(1, digest.toBytes());
        try (ResultSet rows = get.executeQuery()) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
