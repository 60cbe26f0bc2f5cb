package dev.lockstep.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
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

    private final DataSource dataSource;
    private final boolean cancels;

    /** @param cancels whether cancelling a statement is quick and reaches nothing but that statement */
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
                boolean autoCommit = connection.getAutoCommit();
                if (!autoCommit) {
                    connection.setAutoCommit(true);
                }
                Link lent = new Link(connection, deadline);
                link = lent;
                T result = limited(lent);
                if (!autoCommit) {
                    connection.setAutoCommit(false);
                }
                return result;
            } finally {
                link = null;
            }
        }

        private T limited(Link lent) throws SQLException {
            int before = limit(lent.connection(), lent.deadline().remainingMillis() + GRACE_MILLIS);
            try {
                return work.on(lent);
            } finally {
                restore(lent.connection(), before);
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
    private static int limit(Connection connection, int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            return -1;
        }
    }

    private static void restore(Connection connection, int before) {
        if (before >= 0) {
            try {
                connection.setNetworkTimeout(Runnable::run, before);
            } catch (SQLException e) {
                // the connection broke, and its pool discards it
            }
        }
    }
}
