package dev.lockstep.store.jdbc.connection;

import dev.lockstep.LockstepException;
import dev.lockstep.pool.DriverFailure;
import java.sql.SQLException;

/**
 * The database refused a change while it is not out of reach: done without one of its parts, the
 * rest may succeed. Its caller gets a plain {@link LockstepException}.
 */
public final class RefusedException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final SQLException reason;

    private RefusedException(SQLException reason) {
        super(reason.getMessage(), reason.getSQLState(), reason);
        this.reason = reason;
    }

    public SQLException reason() {
        return reason;
    }

    /**
     * Does the work of several together. A wait for the clock row fails at the deadline, and so as
     * one for a database that does not answer; one for another row fails earlier.
     */
    public static <T> StoreConnection.Work<T> noticedBy(SqlErrors errors, StoreConnection.Work<T> work) {
        return connection -> {
            try {
                return work.on(connection);
            } catch (SQLException e) {
                SQLException failure = DriverFailure.within(e);
                if (!errors.isRefusal(failure)) {
                    throw e;
                }
                connection.deadline().check();
                throw new RefusedException(failure);
            }
        };
    }
}
