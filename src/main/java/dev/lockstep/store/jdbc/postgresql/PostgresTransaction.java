package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole transaction in PostgreSQL that locks the clock row, from BEGIN to COMMIT, and what is
 * read behind it: sent at once and read back at once. So it is one round trip, and a node that is
 * stopped in the middle of a logout leaves no lock behind for the others to wait for, unless that
 * is between two packets of a group of more than about forty tokens. Immutable.
 *
 * <p>At READ COMMITTED each statement of a transaction has a snapshot of its own. So the one that
 * does all the work sees what was committed while the one before it waited for the clock row. It
 * could not be one statement: its snapshot would be older than the lock. Within the one that works,
 * all parts see the tables as they were before it.
 *
 * <p>The transaction commits durably, and gives up waiting for the clock row at its caller's
 * deadline, whatever the server's settings are. For other rows it waits a moment only: all logouts
 * of all nodes wait for it meanwhile. What is read behind it is read at an isolation that never
 * makes it fail, for then what was committed would be tried again.
 *
 * <p>Statements here take no time to plan, and what they read does not grow with the tables: the
 * planner is left one way only, an index for each lookup, whatever it knows of the tables. Else a
 * plan that was made for empty tables would read all of them, with the clock row locked, until they
 * are next analyzed. So there is no sequential scan; and where another index than the one that is
 * meant begins with the application, or holds it, a statement compares an expression of the
 * application that no index has.
 *
 * <p>{@code :limit} and {@code :rows} are the times in milliseconds, as text, to wait for the clock
 * row and for others.
 */
final class PostgresTransaction {

    /**
     * Which result is that of the work: the settings, the lock, and the limit of further locks come
     * first.
     */
    static final int WORK = 3;

    /**
     * Longer than a touch or a sweep, which lock rows of sessions without the clock row, should
     * take.
     */
    private static final int ROWS_MILLIS = 250;

    /** Which result is that of the first reading behind the commit: settings come before it. */
    static final int READING = WORK + 2;

    private static final String SETTINGS = """
            SELECT set_config('lock_timeout', :limit, true), {durably},
            set_config(CASE WHEN CAST(current_setting('server_version_num') AS int) >= 170000
            THEN 'transaction_timeout' ELSE 'lock_timeout' END, :limit, true),
            set_config('plan_cache_mode', 'force_generic_plan', true),
            set_config('enable_seqscan', 'off', true);
            """;

    private static final String LOCK = """
            SELECT 1 FROM lockstep_log_clock WHERE application = :application FOR UPDATE;
            SELECT set_config('lock_timeout', :rows, true);
            """;

    /**
     * The clock row as the lock has found it; the time is that of the lock, not of the wait for it.
     */
    private static final String BEFORE = """
            WITH before AS (
            SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT) AS now, {epoch} AS epoch,
            c.position, c.floor FROM lockstep_log_clock c WHERE c.application = :application),
            """;

    private static final String DRAW = "UPDATE lockstep_log_clock c SET epoch = "
            + PostgresDialect.epochOf("gen_random_uuid()") + " WHERE c.application = :application AND NOT "
            + PostgresDialect.IS_OF_TIMELINE + ";";

    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;" + SETTINGS + LOCK;

    private static final String READ = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;" + SETTINGS;

    private final Sql sql;

    private PostgresTransaction(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param work the rest of a WITH clause whose first query, {@code before}, is the clock row,
     *     and a query
     */
    static PostgresTransaction of(PostgresDialect dialect, String application, String work) {
        return of(dialect, application, List.of(BEGIN + BEFORE + work, "COMMIT"));
    }

    /** One that draws an epoch first where there is none of this timeline. */
    static PostgresTransaction drawing(PostgresDialect dialect, String application, String work) {
        return of(dialect, application, List.of(BEGIN + DRAW + BEFORE + work, "COMMIT"));
    }

    /** With a reading of the node rows behind the commit. */
    static PostgresTransaction thenNodes(PostgresDialect dialect, String application, String work) {
        return of(dialect, application, work, READ + nodes(dialect));
    }

    /** With another reading behind the commit, and then one of the node rows. */
    static PostgresTransaction thenNodes(PostgresDialect dialect, String application, String work, String reading) {
        return of(dialect, application, work, READ + reading + ";" + nodes(dialect));
    }

    private static PostgresTransaction of(PostgresDialect dialect, String application, String work, String reading) {
        return of(dialect, application, List.of(BEGIN + BEFORE + work, "COMMIT", reading, "COMMIT"));
    }

    private static PostgresTransaction of(PostgresDialect dialect, String application, List<String> statements) {
        return new PostgresTransaction(dialect.sql(String.join(";", statements)).with("application", application));
    }

    /**
     * Last of all, so that no node is missed that may not know of the commit, or of what was read
     * before.
     */
    private static String nodes(PostgresDialect dialect) {
        return NodeTable.queryOfAll(dialect);
    }

    /** The same transaction, one of whose parameters has a value. */
    PostgresTransaction with(String name, @Nullable Object value) {
        return new PostgresTransaction(sql.with(name, value));
    }

    <T> T run(StoreConnection connection, StoreConnection.Reader<T> reader) throws SQLException {
        int limit = connection.deadline().remainingMillis();
        return connection.wholeTransaction(
                sql.with("limit", Integer.toString(limit)).with("rows", Integer.toString(Math.min(limit, ROWS_MILLIS))),
                reader);
    }

    /** The node rows, which are read last. */
    static NodeRows nodes(List<ResultSet> results) throws SQLException {
        return NodeTable.rows(results.get(results.size() - 1));
    }
}
