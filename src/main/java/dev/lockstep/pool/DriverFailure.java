package dev.lockstep.pool;

import java.sql.SQLException;
import java.util.Set;

/**
 * What a driver threw, out of what a pool has put around it: Payara's hides its SQL state under
 * three layers. And whether the connection is dead after it. Thread-safe.
 */
public final class DriverFailure {

    /** Deeper than pools wrap, and an end where causes form a circle. */
    private static final int MAX_DEPTH = 20;

    /**
     * PostgreSQL's for a server that ended the connection; H2's for a connection or database that
     * was closed or broke.
     */
    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "90007", "90067", "90098", "90121");

    /** Of the standard's connection exceptions, the one after which PostgreSQL's goes on. */
    private static final String PROTOCOL = "08P01";

    private DriverFailure() {}

    /**
     * The first exception of a chain of causes that has an SQL state; where none has, the one that
     * was thrown.
     */
    public static SQLException within(Exception thrown) {
        Throwable each = thrown;
        for (int i = 0; i < MAX_DEPTH && each != null; i++) {
            if (each instanceof SQLException failure && failure.getSQLState() != null) {
                return failure;
            }
            each = each.getCause();
        }
        return thrown instanceof SQLException failure ? failure : new SQLException(thrown);
    }

    /** Whether the connection is dead, and no other. */
    public static boolean isLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return LOST.contains(state) || (state.startsWith("08") && !state.equals(PROTOCOL));
    }
}
