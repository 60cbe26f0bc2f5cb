package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole transaction in MariaDB that locks the clock row, and what is read behind it, as one
 * compound statement: one round trip, and a node that is stopped in the middle of a logout leaves
 * no lock behind for the others to wait for. Immutable.
 *
 * <p>At READ COMMITTED, which the transaction sets for itself, each statement has a snapshot of its
 * own, and InnoDB locks the rows that it finds and no gaps between them: an insert waits for nobody
 * (MariaDB's documentation, "SET TRANSACTION", READ COMMITTED). The statement that locks the clock
 * row reads what is committed. By then whoever held the lock before has committed, so all
 * statements that follow see all of it. Positions become visible in their order, because the lock
 * is held until the commit is visible, and readers keep to {@linkplain MariaDbDialect an order of
 * their own}.
 *
 * <p>A session's row may be locked by a touch or a sweep, which hold no other lock that lasts. They
 * may come upon the row by one index and this transaction by another, and then wait for each other
 * for a moment: InnoDB notices, undoes one of the two (error 1213), and it is done again.
 *
 * <p>It waits for the clock row until its caller's deadline, and for other rows a second: all
 * logouts of all nodes wait for it meanwhile. InnoDB counts in seconds. A wait that was too long
 * (error 1205) undoes one statement and leaves the transaction open with all its locks
 * ("InnoDB System Variables", innodb_rollback_on_timeout), so {@link #UNDO} ends it.
 *
 * <p>Statements read what they need by the index that is named, whatever is known of the tables:
 * with the clock row locked, nobody is to read all of a table because its statistics are old.
 *
 * <p>Variables have names that no column has: they would hide it. Where the clock row is missing
 * they are null, and every statement runs but changes nothing.
 */
final class MariaDbTransaction {

    /** What the variables tell of the clock row, as the columns of a reading. */
    static final String BEFORE = "at_now, at_epoch, at_position, at_floor";

    /** Put before a statement that may come upon a row that is locked. */
    static final String BRIEFLY = "SET STATEMENT innodb_lock_wait_timeout = 1 FOR ";

    /** Whatever completion_type says. */
    static final String COMMIT = "COMMIT AND NO CHAIN NO RELEASE;";

    /**
     * All that was done is undone before the failure is told: nothing stays locked until it is
     * heard.
     */
    static final String UNDO = """
            DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK AND NO CHAIN NO RELEASE; RESIGNAL; END;
            """;

    static final String START = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            START TRANSACTION READ WRITE;
            """;

    private static final String VARIABLES = """
            DECLARE at_now, at_epoch, at_position, at_floor, at_last, at_place, at_rows BIGINT;
            """;

    /** The time is that of the lock, not of the wait for it. */
    private static final String LOCK = """
            SET STATEMENT innodb_lock_wait_timeout = :limit FOR
            SELECT {epoch}, c.position, c.floor INTO at_epoch, at_position, at_floor
            FROM lockstep_log_clock c WHERE c.application = :application FOR UPDATE;
            SET at_now = {now}, at_last = at_position;
            """;

    private static final String ADVANCE = """
            UPDATE lockstep_log_clock SET position = at_last
            WHERE application = :application AND at_last > at_position;
            """;

    private static final String READ_CLOCK = """
            DECLARE at_now, at_epoch, at_position, at_floor BIGINT;
            SELECT {clock} INTO at_now, at_epoch, at_position, at_floor
            FROM lockstep_log_clock c WHERE c.application = :application;
            """;

    private final Sql sql;

    private MariaDbTransaction(Sql sql) {
        this.sql = sql;
    }

    /** The beginning of a block that has read the clock row. */
    static String clock() {
        return " " + READ_CLOCK;
    }

    /**
     * A transaction.
     *
     * @param work statements that leave in {@code at_last} the newest position
     */
    static MariaDbTransaction of(MariaDbDialect dialect, String application, String work) {
        return of(dialect, application, work, "");
    }

    /**
     * A transaction, and behind its commit a reading of the node rows: last of all, so that no node
     * is missed that may not know of the commit, or of what was read before.
     *
     * @param readings what is read before them
     */
    static MariaDbTransaction thenNodes(MariaDbDialect dialect, String application, String work, String readings) {
        String nodes = NodeTable.queryOfAll(dialect).replace("BEGIN NOT ATOMIC", "BEGIN");
        return of(dialect, application, work, readings + nodes + ";");
    }

    private static MariaDbTransaction of(MariaDbDialect dialect, String application, String work, String behind) {
        String text = "BEGIN NOT ATOMIC " + VARIABLES + UNDO + START + LOCK + work + ADVANCE + COMMIT + behind + "END";
        return new MariaDbTransaction(dialect.sql(text).with("application", application));
    }

    /** The same transaction, one of whose parameters has a value. */
    MariaDbTransaction with(String name, @Nullable Object value) {
        return new MariaDbTransaction(sql.with(name, value));
    }

    <T> T run(StoreConnection connection, StoreConnection.Reader<T> reader) throws SQLException {
        long seconds = (connection.deadline().remainingMillis() + 999L) / 1000;
        return connection.wholeTransaction(sql.with("limit", seconds), reader);
    }

    /** The node rows, which are read last. */
    static NodeRows nodes(List<ResultSet> results) throws SQLException {
        return NodeTable.rows(results.get(results.size() - 1));
    }
}
