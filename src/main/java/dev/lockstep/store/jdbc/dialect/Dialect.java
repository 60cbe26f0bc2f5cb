package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.TokenDigest;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A kind of database: all that differs from one kind to another is made here. Immutable.
 *
 * <p>Statements that are otherwise the same are templates, with {@linkplain #text placeholders} for
 * what differs and for the columns that are read.
 *
 * <p>A server may be set to answer a commit before it is on disk. What a crash then takes back must
 * break no promise, so these commit durably whatever the server's settings, or the dialect says
 * where a server can't be told to:
 *
 * <table>
 * <caption>Writes, and what the loss of one would do</caption>
 * <tr><th>Write</th><th>If it were lost</th><th>Durable</th></tr>
 * <tr><td>open</td><td>a copy lives on that no logout finds</td><td>yes</td></tr>
 * <tr><td>revoke, rotate, announce</td><td>what was ended lives again</td><td>yes</td></tr>
 * <tr><td>register</td><td>nobody waits for a node that trusts its copies</td><td>yes</td></tr>
 * <tr><td>fence</td>
 *     <td>the node goes on after its row was removed as that of one that does not</td>
 *     <td>yes</td></tr>
 * <tr><td>new epoch, new clock row</td>
 *     <td>positions are given out again in an epoch that nodes have seen</td>
 *     <td>yes</td></tr>
 * <tr><td>new key</td>
 *     <td>what was made with it meanwhile is taken for a forgery</td>
 *     <td>as all under the clock's lock</td></tr>
 * <tr><td>trim</td>
 *     <td>what was trimmed is there again, the floor with it</td>
 *     <td>as all under the clock's lock</td></tr>
 * <tr><td>acknowledge</td><td>others wait for what has long been applied</td><td>no</td></tr>
 * <tr><td>remove</td>
 *     <td>others wait for a node that is gone, and remove it again</td>
 *     <td>no</td></tr>
 * <tr><td>touch</td><td>the session ends earlier</td><td>no</td></tr>
 * <tr><td>sweep</td><td>what is over is deleted again</td><td>no</td></tr>
 * </table>
 */
public interface Dialect {

    /** What {@link #text} replaces by a comparison to the letter. */
    Pattern EQUAL = Pattern.compile("\\{([a-z.]+) = (:[a-z]+)}");

    /** What a database calls itself, and from which version on it is supported. */
    record Product(String name, int major, int minor) {

        public boolean matches(DatabaseMetaData about) throws SQLException {
            int theirs = about.getDatabaseMajorVersion();
            return about.getDatabaseProductName().equals(name)
                    && (theirs > major || (theirs == major && about.getDatabaseMinorVersion() >= minor));
        }

        /** For people. */
        @Override
        public String toString() {
            return name + " " + major + (minor == 0 ? "" : "." + minor);
        }
    }

    Product product();

    /** The Maven coordinates of its driver. */
    String driver();

    /** A URL with what every new connection has to say. */
    default String completed(String url) {
        return url;
    }

    /**
     * Looks at a database, and sees to what it has to be told once.
     *
     * @throws dev.lockstep.LockstepException if it is not fit
     */
    Database inspected(DataSource dataSource, Connection connection) throws SQLException;

    /** What its failures mean. */
    SqlErrors errors();

    /** The name of the folder in which its schema files lie. */
    String schemaFolder();

    /** Tables that this kind of database needs beside those that all have, and their columns. */
    default Map<String, Set<String>> moreTables() {
        return Map.of();
    }

    /**
     * Runs a file that migrates the tables, unless another node has by then. Any number of
     * nodes may do this at the same time.
     */
    void migrate(StoreConnection connection, SchemaStep step) throws SQLException;

    /** The clock, in milliseconds since 1970 as a BIGINT, within one statement. */
    String now();

    /** The log's epoch as a BIGINT, of the clock row {@code c}. */
    String epoch();

    /** A new epoch, as the clock row keeps it, of the random UUID {@code :fresh}. */
    default String freshEpoch() {
        return "CAST(:fresh AS UUID)";
    }

    /** Makes what the epoch consists of beside the clock row, where that is missing. */
    default void ensureEpoch(StoreConnection connection) throws SQLException {}

    /**
     * A condition that is true, and makes a statement that is a transaction by itself commit
     * durably if it comes to test it.
     */
    String durably();

    /**
     * A condition that is true, and lets a statement that is a transaction by itself commit before
     * it is on disk if it comes to test it, where the database can do that.
     */
    default String undurably() {
        return "1 = 1";
    }

    /**
     * A text as the bytes that it is kept in: by its collation a database may take texts for equal
     * that differ.
     *
     * @param text a column or a parameter
     */
    String letters(String text);

    /**
     * What rows are ordered by that an index has in this order, so that none of them are read but
     * those that are wanted.
     *
     * @param given the first columns of the index, which are the same in all rows
     * @param last its last column
     */
    default String orderOfIndex(String given, String last) {
        return last;
    }

    /**
     * The sessions {@code s} of the {@link #digests}, joined to the clock row {@code c}: by an
     * index, one after the other.
     */
    default String sessionsOfTokens() {
        return "LEFT JOIN lockstep_session s ON s.application = c.application"
                + " AND s.digest IN (:digests) AND s.valid_until > {now}";
    }

    /**
     * The value of {@code :digests}. A list of any length would be as many statements to prepare,
     * so there are a few lengths, and the last digest is there again until one is reached.
     *
     * @param digests at least one
     */
    default Object digests(List<TokenDigest> digests) {
        int length = 1;
        while (length < digests.size()) {
            length *= 4;
        }
        List<byte[]> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(digests.get(Math.min(i, digests.size() - 1)).toBytes());
        }
        return values;
    }

    SessionChanges sessionChanges(String application, SessionTable sessions);

    /**
     * The other changes that involve the clock row.
     *
     * @param timeout how long a caller waits at most
     */
    LogChanges logChanges(String application, SessionTable sessions, Duration timeout);

    /**
     * What ends sessions.
     *
     * @param timeout how long a caller waits at most
     */
    RevocationChanges revocationChanges(String application, Duration timeout);

    /** How it tells other nodes at once; empty where it can't. */
    default Optional<Notifications> notifications(String application) {
        return Optional.empty();
    }

    /**
     * Whether rights are checked when a row is touched and not before, so that only statements that
     * find rows tell.
     */
    default boolean checksRightsByRow() {
        return false;
    }

    /** Runs, once the tables are there, what is otherwise run in rare cases only. */
    default void rehearse(StoreConnection connection) throws SQLException {}

    /**
     * A query of the clock row {@code c}, and of what is joined to it: the columns of
     * {@link ClockReading} come first. What is joined is no older than the position that is read.
     *
     * @param columns what else is read
     * @param joins left joins
     * @param order "ORDER BY …", or nothing
     */
    default String reading(String columns, String joins, String order) {
        return "SELECT {clock}, " + columns + " FROM lockstep_log_clock c " + joins
                + " WHERE c.application = :application " + order;
    }

    /**
     * A template with all placeholders replaced: {@code {clock}}, {@code {session}}, {@code {log}}
     * and {@code {node}} are the columns that {@link ClockReading}, {@link SessionTable},
     * {@link LogTable} and {@link NodeTable} read; {@code {now}}, {@code {epoch}}, {@code {fresh}},
     * {@code {durably}} and {@code {undurably}} are what the methods of these names return; a
     * comparison in braces, such as <code>{s.id = :id}</code>, is one that an index serves, and to
     * the letter.
     */
    default String text(String template) {
        return EQUAL.matcher(template)
                .replaceAll(of -> Matcher.quoteReplacement(equal(of.group(1), of.group(2))))
                .replace("{clock}", ClockReading.COLUMNS)
                .replace("{session}", SessionTable.COLUMNS)
                .replace("{log}", LogTable.COLUMNS)
                .replace("{node}", NodeTable.COLUMNS)
                .replace("{now}", now())
                .replace("{epoch}", epoch())
                .replace("{fresh}", freshEpoch())
                .replace("{durably}", durably())
                .replace("{undurably}", undurably());
    }

    private String equal(String column, String parameter) {
        return column + " = " + parameter + " AND " + letters(column) + " = " + letters(parameter);
    }

    /** A template as a statement. */
    default Sql sql(String template) {
        return Sql.of(text(template));
    }
}
