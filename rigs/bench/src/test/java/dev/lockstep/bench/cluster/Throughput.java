package dev.lockstep.bench.cluster;

import dev.lockstep.SessionToken;
import dev.lockstep.bench.Clients;
import dev.lockstep.bench.Node;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How many commits many clients get through in a while. */
final class Throughput {

    /**
     * How many sessions are opened for a second of many clients, and of one: more than are likely
     * to be ended.
     */
    private static final int PER_SECOND = 15_000;

    private static final int PER_SECOND_AND_CLIENT = 2_000;

    private Throughput() {}

    /**
     * Revocations of single sessions per second, by so many threads of one node; measured for less
     * where none is left.
     */
    static double logouts(Node node, String url, int clients, int seconds) throws Exception {
        Queue<SessionToken> tokens =
                new ConcurrentLinkedQueue<>(open(url, Math.min(PER_SECOND, PER_SECOND_AND_CLIENT * clients) * seconds));
        return Clients.perSecond(clients, seconds, () -> end -> {
            int done = 0;
            for (SessionToken token = tokens.poll();
                    token != null && System.nanoTime() - end < 0;
                    token = tokens.poll()) {
                node.sessions().revoke(token);
                done++;
            }
            return done;
        });
    }

    /**
     * Updates of a row of its own per second, by so many threads, each with a connection in
     * autocommit mode.
     */
    static double updates(String url, int clients, int seconds) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS plain_row (id int PRIMARY KEY, n bigint NOT NULL);"
                    + "INSERT INTO plain_row SELECT i, 0 FROM generate_series(0, 1000) i ON CONFLICT DO NOTHING");
        }
        Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < clients; i++) {
            numbers.add(i);
        }
        return Clients.perSecond(clients, seconds, () -> {
            Connection connection = DriverManager.getConnection(url, "postgres", "");
            int id = numbers.remove();
            return end -> updates(connection, id, end);
        });
    }

    private static int updates(Connection connection, int id, long end) throws SQLException {
        try (connection;
                PreparedStatement update = connection.prepareStatement("UPDATE plain_row SET n = n + 1 WHERE id = ?")) {
            int done = 0;
            while (System.nanoTime() - end < 0) {
                update.setInt(1, id);
                update.executeUpdate();
                done++;
            }
            return done;
        }
    }

    /**
     * Sessions as the product opens them, but by one statement for many, since opening them is not
     * what is measured.
     */
    private static List<SessionToken> open(String url, int number) throws SQLException {
        Random random = new Random();
        List<SessionToken> tokens = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lockstep_session VALUES ('"
                    + Node.APPLICATION + "', ?, ?, ?, '[\"user\"]', NULL, 0, 9999999999999, 9999999999999, 3600000,"
                    + " 9999999999999)")) {
                for (int i = 0; i < number; i++) {
                    SessionToken token = SessionToken.of(text(random, 32));
                    tokens.add(token);
                    insert.setString(1, text(random, 16));
                    insert.setBytes(2, Node.digestOf(token).toBytes());
                    insert.setString(3, "user-" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            analyze(connection);
        }
        return tokens;
    }

    /** As the server does by itself within a minute; nobody opens that many sessions at once. */
    private static void analyze(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE lockstep_session, lockstep_revocation, lockstep_log_clock, lockstep_node");
        }
        connection.commit();
    }

    private static String text(Random random, int bytes) {
        byte[] all = new byte[bytes];
        random.nextBytes(all);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }
}
