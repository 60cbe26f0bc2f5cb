package dev.lockstep.cache.database;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.redaction.RootCause;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A few connections, made when they are needed and kept with their statements. General pools wait
 * 250 ms at least and prepare statements again; a cache may do neither.
 *
 * <p>Thread-safe. A connection is at one place at a time: with a taker, or in {@code idle};
 * {@code made} counts both, and only whoever has set {@code isConnecting} raises it. Connections
 * are made in the background, one at a time, so that no request waits for one longer than the
 * time-out, however long connecting takes. The most recently used connection is taken first: its
 * statements are warm, and it was seen working. A drop empties {@code idle}, since what
 * cut one connection has mostly cut them all; connections that others hold at that moment stay, and
 * are dropped when they fail.
 *
 * <p>{@code file} is the file that the newest connection leads to. A process goes on with a file
 * that was deleted, and shares it with nobody; so connections to another one are dropped, at the
 * latest with the next sweep, which makes a connection of its own.
 */
final class ConnectionPool implements ConnectionSource {

    private static final Logger LOG = System.getLogger(ConnectionPool.class.getName());
    /** No request waits for upkeep; a batch that takes longer is left to the next sweep. */
    private static final Duration UPKEEP_TIMEOUT = Duration.ofSeconds(5);

    private final Connector connector;
    private final ScheduledExecutorService scheduler;
    private final Duration timeout;
    private final int limit;
    private final BlockingDeque<CacheConnection> idle = new LinkedBlockingDeque<>();
    private final Set<CacheConnection> upkeep = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean isConnecting = new AtomicBoolean();
    private final Recurring connecting = Recurring.of("The connecting of a cache", this::connectInBackground);
    private volatile @Nullable Object file;
    private volatile @Nullable SQLException lastFailure;
    private volatile boolean closed;

    ConnectionPool(Connector connector, ScheduledExecutorService scheduler, Duration timeout, int limit) {
        this.connector = connector;
        this.scheduler = scheduler;
        this.timeout = timeout;
        this.limit = limit;
    }

    @Override
    public void warmUp() throws SQLException {
        connect();
    }

    @Override
    public CacheConnection take() throws SQLException {
        CacheConnection connection = idle.pollFirst();
        return connection == null ? await() : connection;
    }

    /**
     * A connection of its own, made here and closed after: it is needed seldom, and may be slow.
     */
    @Override
    public CacheConnection takeForUpkeep() throws SQLException {
        CacheConnection connection = connector.connect(UPKEEP_TIMEOUT);
        dropThoseToAnotherFile(connection);
        upkeep.add(connection);
        return connection;
    }

    @Override
    public void giveBack(CacheConnection connection) {
        if (upkeep.remove(connection)) {
            connection.close();
        } else if (leadsElsewhere(connection)) {
            connection.close();
            made.decrementAndGet();
        } else {
            idle.addFirst(connection);
            closeIdleIfClosed();
        }
    }

    @Override
    public void drop(CacheConnection connection) {
        connection.close();
        if (!upkeep.remove(connection)) {
            made.decrementAndGet();
            closeIdle();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private CacheConnection await() throws SQLException {
        grow();
        try {
            CacheConnection connection = idle.pollFirst(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (connection != null) {
                return connection;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw noneInTime();
    }

    private SQLException noneInTime() {
        SQLException failure = lastFailure;
        return failure == null
                ? new SQLTransientConnectionException("No connection was free or made within " + timeout)
                : new SQLTransientConnectionException(
                        "No connection: " + RootCause.of(failure), Redaction.cause(failure, ""));
    }

    private void grow() {
        if (!closed && made.get() < limit && isConnecting.compareAndSet(false, true)) {
            boolean begun = false;
            try {
                scheduler.execute(connecting);
                begun = true;
            } catch (RejectedExecutionException e) {
                lastFailure = new SQLException(e);
            } finally {
                if (!begun) {
                    isConnecting.set(false);
                }
            }
        }
    }

    private void connectInBackground() {
        try {
            connect();
        } catch (SQLException | RuntimeException | LinkageError e) {
            lastFailure = e instanceof SQLException failure ? failure : new SQLException(e);
        } finally {
            isConnecting.set(false);
        }
    }

    private void connect() throws SQLException {
        CacheConnection connection = connector.connect(timeout);
        dropThoseToAnotherFile(connection);
        lastFailure = null;
        made.incrementAndGet();
        idle.addLast(connection);
        closeIdleIfClosed();
    }

    private void dropThoseToAnotherFile(CacheConnection newest) {
        Object before = file;
        file = newest.file();
        if (before != null && leadsElsewhere(before)) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0361 The file of the cache database was deleted or replaced, and the one that now has its"
                            + " name is used. Delete it only while no process uses it. cache=database");
            closeIdle();
        }
    }

    private boolean leadsElsewhere(CacheConnection connection) {
        Object to = connection.file();
        return to != null && leadsElsewhere(to);
    }

    private boolean leadsElsewhere(Object to) {
        return !to.equals(file);
    }

    private void closeIdleIfClosed() {
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (CacheConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
            made.decrementAndGet();
        }
    }
}
