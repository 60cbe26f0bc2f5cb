package dev.lockstep.store.jdbc.connection;

import dev.lockstep.LockstepException;
import dev.lockstep.pool.DriverFailure;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
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
     * What the work of several together fails with. A wait for the clock row fails at the deadline,
     * and so as one for a database that does not answer; one for another row fails earlier.
     *
     * @throws java.sql.SQLTimeoutException if the deadline has passed
     */
    public static SQLException orSame(SQLException e, SqlErrors errors, Deadline deadline) throws SQLException {
        SQLException failure = DriverFailure.within(e);
        if (!errors.isRefusal(failure)) {
            return e;
        }
        deadline.check();
        return new RefusedException(failure);
    }
}
