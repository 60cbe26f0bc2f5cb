package dev.lockstep.store.jdbc.connection;

import dev.lockstep.LockstepException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What callers are told about failures: what failed, where, why, and what to do. Messages hold no
 * value that was stored or asked for.
 *
 * @param source names the DataSource to people
 * @param errors what the database's failures mean
 */
public record Failures(String source, SqlErrors errors) {

    /** Deeper than pools wrap, and an end where causes form a circle. */
    private static final int MAX_DEPTH = 20;

    /** @param what the call was waiting for */
    StoreUnavailableException timedOut(Duration timeout, String what) {
        return unavailable(
                "LOCKSTEP-0101 The store did not answer within " + timeout + " (lockstep.store.timeout); it waited for "
                        + what + " (" + source + "): is the database up, and the connection pool at least as large as"
                        + " lockstep.store.threads?",
                null);
    }

    static StoreUnavailableException busy() {
        return unavailable(
                "LOCKSTEP-0102 Too many calls are waiting for the store already: the database is too slow for the"
                        + " load, or lockstep.store.threads too few",
                null);
    }

    public static StoreUnavailableException interrupted(InterruptedException e) {
        return unavailable("LOCKSTEP-0103 Interrupted while waiting for the store", e);
    }

    static StoreUnavailableException closed() {
        return unavailable("LOCKSTEP-0104 The store is closed: the application is stopping", null);
    }

    /** What a task threw, as its caller is to see it. */
    public LockstepException of(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof LockstepException known) {
            return known;
        }
        if (cause instanceof InexpressibleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (cause instanceof RefusedException e) {
            return new LockstepException(explained(e.reason()), withoutValues(e.reason()));
        }
        if (cause instanceof SQLException e) {
            return unavailable(explained(e), withoutValues(e));
        }
        return unavailable(
                "LOCKSTEP-0106 The store failed (" + source + "): see the cause; trying again is safe",
                cause == null ? null : Redaction.cause(cause, ""));
    }

    /**
     * The message of whichever of the exceptions, from the first to its deepest cause, tells most.
     */
    private String explained(SQLException first) {
        Throwable each = first;
        for (int i = 0; i < MAX_DEPTH && each != null; i++) {
            String message = each instanceof SQLException e ? known(e) : null;
            if (message != null) {
                return message;
            }
            each = each.getCause();
        }
        return first instanceof NoConnectionException ? noConnection(first) : unknown(first);
    }

    private @Nullable String known(SQLException e) {
        if (errors.means(Meaning.STRANGER, e)) {
            return "LOCKSTEP-0118 The database refuses the user or the password" + of(e)
                    + ". Correct them in the server's DataSource, or lockstep.store.user and lockstep.store.password. "
                    + Redaction.message(e, "");
        }
        if (errors.means(Meaning.FORBIDDEN, e)) {
            return "LOCKSTEP-0119 The database user lacks a right" + of(e)
                    + ": see the cause. Grant it SELECT, INSERT, UPDATE and DELETE on the tables lockstep_…";
        }
        if (errors.means(Meaning.READ_ONLY, e)) {
            return "LOCKSTEP-0120 The database, or the connection, only reads" + of(e)
                    + ". Connect to the primary, and leave out what makes connections read-only: the driver's readOnly, the"
                    + " user's default_transaction_read_only";
        }
        if (errors.means(Meaning.NO_TABLE, e) || errors.means(Meaning.NO_COLUMN, e)) {
            return "LOCKSTEP-0121 The database lacks a table or a column of the store" + of(e)
                    + ": see the cause. Set lockstep.store.schema=migrate, or validate, which names the files to run; if they"
                    + " were made already, this is another database or another schema";
        }
        if (errors.means(Meaning.SWITCHED, e)) {
            return "LOCKSTEP-0127 Prepared statements get lost between the driver and the database" + of(e)
                    + ". If a pooler such as PgBouncer in transaction mode stands between, set its"
                    + " max_prepared_statements, or prepareThreshold=0 in the driver's URL; a negative prepareThreshold does not"
                    + " work either";
        }
        if (errors.means(Meaning.LOCKED, e)) {
            return "LOCKSTEP-0230 Another transaction holds a row of the store locked" + of(e)
                    + ": one that somebody left open, as a rule (the database's list of transactions tells which); trying"
                    + " again is safe";
        }
        if (errors.means(Meaning.LOST, e)) {
            return "LOCKSTEP-0122 The database can't be reached, or ended the connection" + of(e)
                    + ": is it up, and are host and port right? Trying again is safe. " + Redaction.message(e, "");
        }
        return null;
    }

    private String noConnection(SQLException e) {
        return "LOCKSTEP-0123 No connection is available" + of(e)
                + ": is the database up, and the pool at least as large as lockstep.store.threads? Trying again is safe. "
                + Redaction.message(e, "");
    }

    private String unknown(SQLException e) {
        return "LOCKSTEP-0105 The store answered with an error" + of(e) + ": see the cause; trying again is safe";
    }

    private String of(SQLException e) {
        return " (" + source + (e.getSQLState() == null ? ")" : ", SQL state " + e.getSQLState() + ")");
    }

    /**
     * Databases quote the values that violate a constraint or don't fit a type: those may be
     * digests and principals.
     */
    private static Throwable withoutValues(SQLException e) {
        if (!SqlErrors.quotesValues(e)) {
            return Redaction.cause(e, "");
        }
        SQLException bare = new SQLException("details withheld", e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private static StoreUnavailableException unavailable(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, cause);
    }
}
