package dev.lockstep.store.jdbc;

import java.sql.SQLException;

/** What a driver threw, out of what a pool has put around it: Payara's hides its SQL state under three layers. */
final class DriverFailure {

    private static final int DEEPEST = 20;

    private DriverFailure() {}

    /** The first exception of a chain of causes that has an SQL state; where none has, the one that was thrown. */
    static SQLException within(Exception thrown) {
        Throwable each = thrown;
        for (int i = 0; i < DEEPEST && each != null; i++) {
            if (each instanceof SQLException failure && failure.getSQLState() != null) {
                return failure;
            }
            each = each.getCause();
        }
        return thrown instanceof SQLException failure ? failure : new SQLException(thrown);
    }
}
