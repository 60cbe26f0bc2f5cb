package dev.lockstep.store.jdbc.connection;

import dev.lockstep.pool.DriverFailure;
import dev.lockstep.pool.Eviction;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections for one job each: in autocommit mode, with a network timeout at the job's
 * deadline where the driver has such a thing, and given back as they came. One that turns out to be
 * dead is evicted from its pool.
 *
 * <p>After a restart of the database all connections of a pool are dead. Work that may be done
 * twice goes on to the next connection, until one lives or the deadline has passed; so no caller
 * sees the restart once the database is back. Work that may not be done twice fails if it can't be
 * known whether it has been done. While dead connections may still be about, it gets only one that
 * has just proved to live.
 *
 * <p>Thread-safe.
 */
public final class Connections {

    /**
     * By then the database itself has given up waiting for locks; only one that is out of reach is
     * still silent.
     */
    private static final int GRACE_MILLIS = 250;

    /**
     * So many dead ones in a row are not left over in a pool: the server ends each new connection.
     */
    private static final int MAX_ATTEMPTS = 30;

    /** How long a dead connection may lie in its pool after another was noticed. */
    private static final long DOUBT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final Source source;
    private final boolean cancels;
    private final SqlErrors errors;
    private final Repair repair;

    /**
     * When a dead connection was last seen, by the clock of deadlines; null while none ever was.
     */
    private volatile @Nullable Long lastDeath;

    /**
     * Lends what a source has.
     *
     * @param cancels whether the database runs in this JVM, so that cancelling a statement asks no
     *     network
     * @param errors what the database's failures mean
     */
    public Connections(Source source, boolean cancels, SqlErrors errors) {
        this(source, cancels, errors, (connection, failure) -> false);
    }

    /**
     * Lends what a source has, to work that may be done again after some failures.
     *
     * @param repair knows which
     */
    public Connections(Source source, boolean cancels, SqlErrors errors, Repair repair) {
        this.source = source;
        this.cancels = cancels;
        this.errors = errors;
        this.repair = repair;
    }

    /** Where connections come from. */
    @FunctionalInterface
    public interface Source {
        Connection get() throws SQLException;
    }

    /** Knows of failures after which the same work, which has changed nothing, may well succeed. */
    @FunctionalInterface
    public interface Repair {

        /** Whether what made the work fail has passed, or was put right here. */
        boolean repaired(StoreConnection connection, SQLException failure) throws SQLException;
    }

    /** Work that may be done again where it is not known whether it has been done. */
    public <T> StoreExecutor.Job<T> job(StoreConnection.Work<T> work) {
        return job(work, connection -> {});
    }

    /**
     * {@link #job(StoreConnection.Work)}.
     *
     * @param after what is to be done, too, once the work has been
     */
    public <T> StoreExecutor.Job<T> job(StoreConnection.Work<T> work, StoreConnection.Statements after) {
        return new Loan<>(work, after, true);
    }

    /**
     * Work that must not be done twice. The job fails with an {@link InexpressibleException} if the
     * database can't express what is to be stored.
     */
    public <T> StoreExecutor.Job<T> jobOnce(StoreConnection.Work<T> work, StoreConnection.Statements after) {
        return new Loan<>(work, after, false);
    }

    private final class Loan<T> implements StoreExecutor.Job<T> {

        private final StoreConnection.Work<T> work;
        private final StoreConnection.Statements after;
        private final boolean repeatable;
        private volatile @Nullable StoreConnection atWork;
        private volatile String awaited = "a thread of the store";

        Loan(StoreConnection.Work<T> work, StoreConnection.Statements after, boolean repeatable) {
            this.work = work;
            this.after = after;
            this.repeatable = repeatable;
        }

        @Override
        public T run(Deadline deadline) throws SQLException {
            int attempts = 0;
            while (true) {
                Connection connection = borrowed();
                try {
                    return on(connection, deadline);
                } catch (SQLException e) {
                    attempts++;
                    boolean again = errors.means(Meaning.LOST, e) && (repeatable || errors.means(Meaning.UNSENT, e));
                    if (!again || attempts == MAX_ATTEMPTS || deadline.remainingNanos() <= 0) {
                        throw e;
                    }
                }
            }
        }

        private Connection borrowed() throws SQLException {
            awaited = "a connection of the pool";
            try {
                return source.get();
            } catch (SQLException e) {
                throw new NoConnectionException(e);
            } finally {
                awaited = "the database's answer";
            }
        }

        private T on(Connection connection, Deadline deadline) throws SQLException {
            boolean lost = false;
            try {
                return declared(connection, deadline);
            } catch (SQLException e) {
                lost = errors.means(Meaning.LOST, e);
                throw !repeatable && errors.means(Meaning.INEXPRESSIBLE, e) ? new InexpressibleException() : e;
            } finally {
                atWork = null;
                if (lost) {
                    lastDeath = deadline.clock().nanoTime();
                    Eviction.evict(connection);
                } else {
                    giveBack(connection::close);
                }
            }
        }

        /**
         * What pools wrap is unwrapped here, so that a dead connection is known whatever the pool.
         */
        private T declared(Connection connection, Deadline deadline) throws SQLException {
            try {
                deadline.check();
                prove(connection, deadline);
                StoreConnection lent = new StoreConnection(connection, deadline);
                atWork = lent;
                return inAutoCommit(lent);
            } catch (SQLException | UndeclaredThrowableException e) {
                throw DriverFailure.within(e);
            }
        }

        private void prove(Connection connection, Deadline deadline) throws SQLException {
            if (!repeatable && isInDoubt(deadline) && !connection.isValid(1 + deadline.remainingMillis() / 1000)) {
                throw new SQLNonTransientConnectionException(
                        "the pool gave a connection that is no longer alive", SqlErrors.UNSENT);
            }
        }

        private T inAutoCommit(StoreConnection lent) throws SQLException {
            Connection connection = lent.jdbc();
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

        private T limited(StoreConnection lent) throws SQLException {
            int before = limit(lent.jdbc(), lent.deadline().remainingMillis() + GRACE_MILLIS);
            try {
                T result = patiently(lent);
                after.on(lent);
                return result;
            } finally {
                if (before >= 0) {
                    giveBack(() -> lent.jdbc().setNetworkTimeout(Runnable::run, before));
                }
            }
        }

        /** Until it succeeds, fails for good, or the deadline has passed. */
        private T patiently(StoreConnection lent) throws SQLException {
            while (true) {
                try {
                    return work.on(lent);
                } catch (SQLException e) {
                    if (!repair.repaired(lent, e)) {
                        throw e;
                    }
                }
                lent.deadline().check();
            }
        }

        @Override
        public boolean isRepeatable() {
            return repeatable;
        }

        @Override
        public String awaited() {
            return awaited;
        }

        @Override
        public void giveUp() {
            StoreConnection lent = atWork;
            if (cancels && lent != null) {
                lent.cancel();
            }
        }
    }

    private boolean isInDoubt(Deadline deadline) {
        Long last = lastDeath;
        return last != null && deadline.clock().nanoTime() - last < DOUBT_NANOS;
    }

    /** Returns the limit that was in force, or -1 where the driver has none. */
    private static int limit(Connection connection, int millis) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLException | UndeclaredThrowableException | AbstractMethodError e) {
            return -1;
        }
    }

    /**
     * The work is done by then, or has failed for a reason of its own: what fails here changes
     * nothing about that.
     */
    private static void giveBack(Restoring restoring) {
        try {
            restoring.run();
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection could not be given back as it came.", e);
        }
    }

    @FunctionalInterface
    private interface Restoring {
        void run() throws SQLException;
    }
}
