package dev.lockstep.store.jdbc.h2;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a file in H2, where every definition commits at once and ends all locks.
 *
 * <p>Two nodes may run the first file at the same time: it makes what is not there, and one of them
 * fails on what the other is making. Since the file leaves alone what is there, running it again is
 * the remedy.
 *
 * <p>A later file alters tables. H2 copies a table that gets a column, and keeps it locked for part
 * of that time only: rows that others write meanwhile are lost although their commits have
 * returned, and a second node that alters the table may bring back what it was before the first
 * one. So a later file is run in H2's exclusive mode ("SET EXCLUSIVE"): the statements of others
 * wait, and nobody gets a new connection. The mode ends with its connection, so a node that is
 * killed leaves nothing behind. It takes an administrator of the database.
 *
 * <p>The mode does not wait for statements that have begun, so this class does, and for open
 * transactions: a statement's commit follows when that is no longer listed as under way. One that
 * has only just begun is not listed for a moment, hence the pause before the first look. A
 * transaction that others hold open stays open, since they wait too: the file fails, and is tried
 * again when they have had time to end theirs.
 */
final class H2Migration {

    private static final Sql BEGIN = Sql.of("SET EXCLUSIVE 1");
    private static final Sql END = Sql.of("SET EXCLUSIVE 0");

    /** The time is asked for so that H2 does not give again what it has remembered. */
    private static final Sql UNDER_WAY = Sql.of("""
            SELECT CURRENT_TIMESTAMP, COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS
            WHERE SESSION_ID <> SESSION_ID() AND (EXECUTING_STATEMENT IS NOT NULL OR CONTAINS_UNCOMMITTED)
            """);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** All others wait as well, so it gives up after some five seconds. */
    private static final int LOOKS = 100;

    private H2Migration() {}

    static void run(StoreConnection connection, SchemaStep step) throws SQLException {
        if (step.isFirst()) {
            connection.execute(step.sql());
            return;
        }
        connection.update(BEGIN);
        try {
            awaitQuiet(connection);
            if (step.isDue(connection)) {
                connection.execute(step.sql());
            }
        } finally {
            connection.update(END);
        }
    }

    private static void awaitQuiet(StoreConnection connection) throws SQLException {
        for (int looks = 0; looks < LOOKS; looks++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            connection.deadline().check();
            if (Objects.requireNonNull(connection.first(UNDER_WAY, row -> row.getInt(2))) == 0) {
                return;
            }
        }
        throw new SQLException("statements or transactions of others have been under way for seconds");
    }
}
