package dev.lockstep.bench.scale;

import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The rows of sessions with the numbers from 0, made by the database itself: who numbers a
 * session knows its digest and its principal.
 *
 * <p>Of seven sessions a principal has four, another two, a third one. Each hundredth belongs to
 * one of the services, which have a thousand; another hundredth has expired. All have groups and
 * two attributes. They are written in another order than that of their numbers, so that the rows
 * of a principal don't lie together. Their indexes are made behind them, which takes a quarter of
 * the time of filling these, and makes them a fifth smaller than they grow in use.
 */
final class SessionRows {

    private static final int EXPIRED = 50;
    private static final int SERVICE = 99;

    /**
     * The stride, which no power of ten has a factor in common with, takes the numbers in another
     * order.
     */
    private static final String FILL = """
            INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,
            created_at, last_seen_at, expires_at, idle_timeout, valid_until)
            SELECT '%1$s', translate(rtrim(encode(decode(md5('id-' || n), 'hex'), 'base64'), '='), '+/', '-_'),
            sha256(convert_to('session-' || n, 'UTF8')),
            CASE WHEN n %% 100 = 99 THEN 'service-' || n / 100000 || '@example.com'
            ELSE 'user-' || n / 7 * 3 + CASE WHEN n %% 7 < 4 THEN 0 WHEN n %% 7 < 6 THEN 1 ELSE 2 END || '@example.com' END,
            CASE WHEN n %% 10 = 0 THEN '["admin","user"]' ELSE '["user"]' END,
            '{"department":"sales","locale":"de"}',
            seen - 86400000, seen, now + 2592000000, 86400000,
            CASE WHEN n %% 100 = 50 THEN now - seen %% 3600000 ELSE seen + 86400000 END
            FROM (SELECT n, now, now - CAST(random() * 36000000 AS bigint) AS seen
            FROM (SELECT i * 7368787 %% CAST(? AS bigint) AS n,
            CAST(extract(epoch FROM now()) * 1000 AS bigint) AS now
            FROM generate_series(CAST(? AS bigint), ?) i) numbered) timed
            """.formatted(Node.APPLICATION);

    /** The statements that make the indexes, as the database tells them. */
    private static final String MADE = """
            SELECT format('ALTER TABLE lockstep_session ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid = CAST('lockstep_session' AS regclass) AND contype IN ('p', 'u')
            UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 'lockstep_session'
            AND indexname NOT IN (SELECT conname FROM pg_constraint)
            """;

    private static final String DROPPED = """
            SELECT format('ALTER TABLE lockstep_session DROP CONSTRAINT %I', conname)
            FROM pg_constraint WHERE conrelid = CAST('lockstep_session' AS regclass) AND contype IN ('p', 'u')
            UNION ALL SELECT format('DROP INDEX %I', indexname) FROM pg_indexes WHERE tablename = 'lockstep_session'
            AND indexname NOT IN (SELECT conname FROM pg_constraint)
            """;

    /** The first to be swept: of principals that have no other session. */
    private static final String GONE = """
            INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,
            created_at, last_seen_at, expires_at, idle_timeout, valid_until)
            SELECT '%1$s', translate(rtrim(encode(decode(md5('gone-' || n), 'hex'), 'base64'), '='), '+/', '-_'),
            sha256(convert_to('gone-' || n, 'UTF8')), 'gone-' || n || '@example.com', '["user"]',
            '{"department":"sales","locale":"de"}', 0, 0, 86400000, 86400000, n
            FROM generate_series(CAST(1 AS bigint), ?) n
            """.formatted(Node.APPLICATION);

    /** Rows of one statement, so that it can be seen how far it has come. */
    private static final long PART = 1_000_000;

    private final DataSource database;

    SessionRows(DataSource database) {
        this.database = database;
    }

    /**
     * Adds the first so many, a power of ten, while the table has no index, and sees to it that
     * the database knows what it holds, as it does by itself after a while.
     */
    void add(long number) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            List<String> made = all(connection, MADE);
            execute(connection, all(connection, DROPPED));
            for (long from = 0; from < number; from += PART) {
                fill.setLong(1, number);
                fill.setLong(2, from);
                fill.setLong(3, Math.min(from + PART, number) - 1);
                fill.executeUpdate();
            }
            execute(connection, made);
        }
        analyze();
    }

    /** Adds sessions that expired long before all others. */
    void addGone(int number) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement fill = connection.prepareStatement(GONE)) {
            fill.setLong(1, number);
            fill.executeUpdate();
        }
        analyze();
    }

    double bytesOfTable() throws SQLException {
        return number("SELECT pg_table_size('lockstep_session')");
    }

    double bytesOfIndexes() throws SQLException {
        return number("SELECT pg_indexes_size('lockstep_session')");
    }

    private double number(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    private void analyze() throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, List.of("VACUUM (ANALYZE) lockstep_session", "CHECKPOINT"));
        }
    }

    private static List<String> all(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private static void execute(Connection connection, List<String> commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /** This one, or the one before it where this has expired or is a service's. */
    static long ordinary(long number) {
        long place = number % 100;
        return place == EXPIRED || place == SERVICE ? number - 1 : number;
    }

    /** All sessions of a principal are in one group. */
    static long group(long number) {
        return number / 7;
    }

    static TokenDigest digest(long number) {
        try {
            return TokenDigest.of(MessageDigest.getInstance("SHA-256")
                    .digest(("session-" + number).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of an ordinary one. */
    static String principal(long number) {
        long place = number % 7;
        return "user-" + (group(number) * 3 + (place < 4 ? 0 : place < 6 ? 1 : 2)) + "@example.com";
    }

    /** The principal with a thousand sessions among those about a number. */
    static String service(long number) {
        return "service-" + number / 100_000 + "@example.com";
    }
}
