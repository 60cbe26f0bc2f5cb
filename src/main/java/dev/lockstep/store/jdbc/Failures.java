package dev.lockstep.store.jdbc;

import dev.lockstep.LockstepException;
import dev.lockstep.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers are told of failures. Messages hold no value that was stored or asked for. */
final class Failures {

    private static final Set<String> PASSING = Set.of("40001", "40P01", "HYT00", "90131");

    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "90007", "90067", "90098", "90121");

    /** The state of "connection does not exist", for which a driver sends nothing. */
    private static final String UNSENT = "08003";

    private Failures() {}

    static StoreUnavailableException timedOut(Duration timeout) {
        return unavailable(
                "LOCKSTEP-0101 The store did not answer within " + timeout
                        + " (lockstep.store.timeout): is the database up, and its connection pool large enough?",
                null);
    }

    static StoreUnavailableException busy() {
        return unavailable(
                "LOCKSTEP-0102 Too many calls are waiting for the store already: the database is too slow for the"
                        + " load, or lockstep.store.threads too few",
                null);
    }

    static StoreUnavailableException interrupted(InterruptedException e) {
        return unavailable("LOCKSTEP-0103 Interrupted while waiting for the store", e);
    }

    static StoreUnavailableException closed() {
        return unavailable("LOCKSTEP-0104 The store is closed: the application is stopping", null);
    }

    /** What a task threw, as its caller is to see it. */
    static LockstepException of(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof LockstepException known) {
            return known;
        }
        if (cause instanceof SQLException e) {
            return unavailable(
                    "LOCKSTEP-0105 The store answered with an error, SQL state " + e.getSQLState()
                            + ": see the cause; trying again is safe",
                    withoutValues(e));
        }
        return unavailable("LOCKSTEP-0106 The store failed: see the cause; trying again is safe", cause);
    }

    /**
     * Whether another attempt may well succeed: what it collided with has gone on. The states are those of serialization
     * failures, of deadlocks, and of H2's lock timeout, which is not ours.
     */
    static boolean isPassing(SQLException e) {
        return PASSING.contains(String.valueOf(e.getSQLState()));
    }

    /**
     * Whether the connection is dead, and no other: the class of connection exceptions, PostgreSQL's for a server that ended
     * it, and H2's for a connection or database that was closed or broke.
     */
    static boolean isLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || LOST.contains(state);
    }

    /** Whether the connection was dead before anything was sent. */
    static boolean isUnsent(SQLException e) {
        return UNSENT.equals(e.getSQLState());
    }

    /** A connection that proved to be dead before anything was sent. */
    static SQLException unsent() {
        return new SQLNonTransientConnectionException("the pool gave a connection that is no longer alive", UNSENT);
    }

    /** Whether a statement failed because there is no such table: PostgreSQL's state, and those of H2 and others. */
    static boolean isMissingTable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.equals("42P01") || state.startsWith("42S0");
    }

    /** Databases quote the values that violate a constraint or don't fit a type: those may be digests and principals. */
    private static SQLException withoutValues(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("22") && !state.startsWith("23")) {
            return e;
        }
        SQLException bare = new SQLException("details withheld", state, e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private static StoreUnavailableException unavailable(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, cause);
    }
}
