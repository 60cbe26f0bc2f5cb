package dev.lockstep.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections for one job each: in autocommit mode, with a network timeout at the job's deadline where the driver
 * has such a thing, and given back as they came.
 *
 * <p>Thread-safe.
 */
final class Connections {

    /** By then the database itself has given up waiting for locks; only one that is out of reach is still silent. */
    private static final int GRACE_MILLIS = 250;

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final DataSource dataSource;
    private final boolean cancels;

    /** @param cancels whether the database runs in this JVM, so that cancelling a statement asks no network */
    Connections(DataSource dataSource, boolean cancels) {
        this.dataSource = dataSource;
        this.cancels = cancels;
    }

    <T> Lane.Job<T> job(Work<T> work) {
        return new Loan<>(work);
    }

    private final class Loan<T> implements Lane.Job<T> {

        private final Work<T> work;
        private volatile @Nullable Link link;

        Loan(Work<T> work) {
            this.work = work;
        }

        @Override
        public T run(Deadline deadline) throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                deadline.check();
                Link lent = new Link(connection, deadline);
                link = lent;
                return inAutoCommit(lent);
            } finally {
                link = null;
            }
        }

        private T inAutoCommit(Link lent) throws SQLException {
            Connection connection = lent.connection();
            if (connection.getAutoCommit()) {
                return limited(lent);
            }
            connection.setAutoCommit(true);
            try {
                return limited(lent);
            } finally {
                giveBack(() -> connection.setAutoCommit(false));
            }
        }

        private T limited(Link lent) throws SQLException {
            int before = limit(lent.connection(), lent.deadline().remainingMillis() + GRACE_MILLIS);
            try {
                return work.on(lent);
            } finally {
                if (before >= 0) {
                    giveBack(() -> lent.connection().setNetworkTimeout(Runnable::run, before));
                }
            }
        }

        @Override
        public void giveUp() {
            Link lent = link;
            if (cancels && lent != null) {
                lent.cancel();
            }
        }
    }

    /** Returns the limit that was in force, or -1 where the driver has none. */
    private static int limit(Connection connection, int millis) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLException | AbstractMethodError e) {
            return -1;
        }
    }

    /** Where even this fails the connection is broken: its pool will notice, and what broke it is thrown already. */
    private static void giveBack(Restoring restoring) {
        try {
            restoring.run();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection could not be restored to how it came.", e);
        }
    }

    @FunctionalInterface
    private interface Restoring {
        void run() throws SQLException;
    }
}
