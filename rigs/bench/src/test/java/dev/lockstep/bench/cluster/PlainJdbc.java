package dev.lockstep.bench.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A revocation as an application would write it with plain JDBC, on the same tables: lock the clock
 * row, end the session, advance the clock, log the digest, commit. The statements are prepared
 * once. One thread's.
 */
final class PlainJdbc implements AutoCloseable {

    private final String application;

    private final Connection connection;
    private final PreparedStatement open;
    private final PreparedStatement lock;
    private final PreparedStatement end;
    private final PreparedStatement advance;
    private final PreparedStatement log;

    /** @param application has a clock row of its own, which no other has made */
    PlainJdbc(String url, String application) throws SQLException {
        this.application = application;
        connection = DriverManager.getConnection(url, "postgres", "");
        connection.setAutoCommit(false);
        try (var clock =
                connection.prepareStatement("INSERT INTO lockstep_log_clock VALUES (?, gen_random_uuid(), 0, 0)")) {
            clock.setString(1, application);
            clock.executeUpdate();
        }
        connection.commit();
        open = connection.prepareStatement("INSERT INTO lockstep_session VALUES (?, ?, sha256(?::bytea), 'alice',"
                + " '[\"user\"]', NULL, 0, 0, 9999999999999, 3600000, 9999999999999)");
        lock = connection.prepareStatement("SELECT position FROM lockstep_log_clock WHERE application = ? FOR UPDATE");
        end = connection.prepareStatement(
                "DELETE FROM lockstep_session WHERE application = ? AND digest = sha256(?::bytea)"
                        + " RETURNING id, digest");
        advance = connection.prepareStatement("UPDATE lockstep_log_clock SET position = ? WHERE application = ?");
        log = connection.prepareStatement("INSERT INTO lockstep_revocation VALUES (?, ?, ?, ?, 'alice', 'REVOKED', 0)");
    }

    /** Opens a session, then ends it; microseconds of the ending. */
    double revoke(int number) throws SQLException {
        String name = "s" + number;
        open.setString(1, application);
        open.setString(2, name);
        open.setString(3, name);
        open.executeUpdate();
        connection.commit();
        long start = System.nanoTime();
        long position = lock() + 1;
        end(name, position);
        advance.setLong(1, position);
        advance.setString(2, application);
        advance.executeUpdate();
        connection.commit();
        return (System.nanoTime() - start) / 1e3;
    }

    private long lock() throws SQLException {
        lock.setString(1, application);
        try (ResultSet rows = lock.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void end(String name, long position) throws SQLException {
        end.setString(1, application);
        end.setString(2, name);
        try (ResultSet rows = end.executeQuery()) {
            rows.next();
            log.setString(1, application);
            log.setLong(2, position);
            log.setBytes(3, rows.getBytes(2));
            log.setString(4, rows.getString(1));
        }
        log.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
