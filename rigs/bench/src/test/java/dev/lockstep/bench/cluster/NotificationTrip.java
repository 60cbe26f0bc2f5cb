package dev.lockstep.bench.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * A notification and its answer by plain JDBC: one connection notifies, a thread that waits on
 * another one notifies back. One thread's.
 */
final class NotificationTrip implements AutoCloseable {

    private final Connection here;
    private final Connection there;
    private final PreparedStatement ask;
    private final Thread answering;

    NotificationTrip(String url) throws SQLException {
        here = connection(url, "trip_here");
        there = connection(url, "trip_there");
        ask = here.prepareStatement("SELECT pg_notify('trip_there', ?)");
        PreparedStatement answer = there.prepareStatement("SELECT pg_notify('trip_here', ?)");
        answering = new Thread(() -> answer(answer), "answers notifications");
        answering.setDaemon(true);
        answering.start();
    }

    /** Microseconds from the notification to its answer. */
    double measure() throws SQLException {
        long start = System.nanoTime();
        ask.setString(1, "42 4711");
        ask.executeQuery().close();
        await(here);
        return (System.nanoTime() - start) / 1e3;
    }

    private static Connection connection(String url, String channel) throws SQLException {
        Connection connection = DriverManager.getConnection(url, "postgres", "");
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN " + channel);
        }
        return connection;
    }

    private void answer(PreparedStatement answer) {
        try {
            while (true) {
                await(there);
                answer.setString(1, "42 4711");
                answer.executeQuery().close();
            }
        } catch (SQLException e) {
            // closed
        }
    }

    private static void await(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        while (listening.getNotifications(10_000).length == 0) {
            // longer than any notification takes
        }
    }

    @Override
    public void close() throws SQLException {
        here.close();
        there.close();
    }
}
