package dev.lockstep.store.jdbc;

import dev.lockstep.pool.DriverFailure;
import java.sql.SQLException;
import java.util.Set;

/** What the SQL states of PostgreSQL and H2, and the standard's, say of a failure. Never looks at messages. */
final class SqlStates {

    /** Serialization failures, deadlocks, and H2's lock timeout and concurrent update. */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "HYT00", "90131");

    private static final Set<String> FORBIDDEN = Set.of("42501", "90096");
    private static final Set<String> READ_ONLY = Set.of("25006", "90097");
    private static final Set<String> INEXPRESSIBLE = Set.of("22P05", "22021");

    /** A prepared statement that is gone, there already, or another: somebody else had the server's connection in between. */
    private static final Set<String> SWITCHED = Set.of("26000", "42P05", "08P01");

    /** What says that the database as a whole is not as it should be; all else may be the fault of one row. */
    private static final Set<String> GENERAL = Set.of("08", "0A", "25", "26", "28", "40", "42", "53", "57", "58", "HY");

    private static final Set<String> LOCKED = Set.of("55P03");

    /** The state of "connection does not exist", for which a driver sends nothing. */
    static final String UNSENT = "08003";

    private SqlStates() {}

    /** Whether another attempt may well succeed: what it collided with has gone on. */
    static boolean isPassing(SQLException e) {
        return PASSING.contains(of(e));
    }

    /** Whether the connection is dead, and no other. */
    static boolean isLost(SQLException e) {
        return DriverFailure.isLost(e);
    }

    /** Whether the connection was dead before anything was sent. */
    static boolean isUnsent(SQLException e) {
        return of(e).equals(UNSENT);
    }

    /** Whether there is no such table. */
    static boolean isMissingTable(SQLException e) {
        return of(e).equals("42P01") || of(e).startsWith("42S0");
    }

    /** Whether there is no such table or column. */
    static boolean isMissing(SQLException e) {
        return isMissingTable(e) || of(e).equals("42703") || of(e).equals("42S22");
    }

    /** Whether the user or the password was refused. */
    static boolean isStranger(SQLException e) {
        return of(e).startsWith("28");
    }

    /** Whether the user lacks a right. */
    static boolean isForbidden(SQLException e) {
        return FORBIDDEN.contains(of(e));
    }

    static boolean isReadOnly(SQLException e) {
        return READ_ONLY.contains(of(e));
    }

    /** Whether a text holds a character that the database's encoding lacks. */
    static boolean isInexpressible(SQLException e) {
        return INEXPRESSIBLE.contains(of(e));
    }

    /** Whether the server's connections change between the statements of one of the driver's. */
    static boolean isSwitched(SQLException e) {
        return SWITCHED.contains(of(e));
    }

    /** Whether a row was locked for longer than this transaction was to wait for it. */
    static boolean isLocked(SQLException e) {
        return LOCKED.contains(of(e));
    }

    /** Whether the database is there and works, and refuses just this. */
    static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && state.length() == 5
                && !GENERAL.contains(state.substring(0, 2))
                && !isLost(e)
                && !isPassing(e);
    }

    /** Whether the database's message may quote values: one that violates a constraint or doesn't fit a type. */
    static boolean quotesValues(SQLException e) {
        return of(e).startsWith("22") || of(e).startsWith("23");
    }

    /** The state, or "null". */
    static String of(SQLException e) {
        return String.valueOf(e.getSQLState());
    }
}
