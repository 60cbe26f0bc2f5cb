package dev.lockstep.cache.remote;

import dev.failsafe.CircuitBreaker;
import dev.lockstep.CacheException;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.redaction.RootCause;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.NodeClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection in use. While there is none, operations fail at once, and one is made in the
 * background: every second an attempt, or ever more seldom where the reason lasts. A connection on
 * which {@value #FAILURES} operations in a row failed is given up for a new one, where the
 * {@link RemoteServer.Remedy} is that. A warning says that the server can't be used, and a second
 * message that it can be used again.
 *
 * <p>Thread-safe. Whoever sets {@code connecting} makes an attempt, so there is one at a time; the
 * end of the attempt clears it. However it ends, even by an {@link Error}, the next tick finds
 * whether another is needed. Only the end of an attempt writes {@code delay}, {@code notBefore} and
 * {@code warned}.
 *
 * @param <C> a connection, which many threads use at the same time
 */
public final class ReconnectingClient<C> implements AutoCloseable {

    /** One failure may be chance, two in a row a moment's pause of the server. */
    private static final int FAILURES = 3;

    /** The first of delays that double: a server that restarts is used again at once. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The server's log, and perhaps ours, has a line for each attempt that is refused. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(16);

    private final RemoteServer<C> server;
    private final Logger log;
    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private final NodeClock clock;
    private final Recurring attempt;
    private final Future<?> ticking;
    private final AtomicReference<@Nullable Connection<C>> current = new AtomicReference<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private volatile Duration delay = RETRY;
    private volatile long notBefore;
    private volatile boolean warned;
    private volatile boolean closed;

    private ReconnectingClient(RemoteServer<C> server, CacheContext context) {
        this.server = server;
        this.log = System.getLogger(server.getClass().getName());
        this.timeout = context.timeout();
        this.scheduler = context.scheduler();
        this.clock = context.clock();
        this.notBefore = clock.nanoTime();
        this.attempt = connecting(this::connect);
        this.ticking = connecting(this::tick).every(RETRY, scheduler);
    }

    /**
     * Begins to connect.
     *
     * @param first makes the first attempt: in the background, where connecting blocks
     * @param patience how long to wait for the end of that attempt, which may be a failure
     */
    public static <C> ReconnectingClient<C> open(
            RemoteServer<C> server, CacheContext context, Executor first, Duration patience) {
        ReconnectingClient<C> client = new ReconnectingClient<>(server, context);
        first.execute(client.attempt);
        try {
            if (!client.firstAttempt.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                client.log.log(Level.DEBUG, "Still connecting; how that ends is told then");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return client;
    }

    /**
     * Begins an operation and waits for its answer until the cache's deadline.
     *
     * @throws CacheException if there is no connection, or no answer in time, or the answer is a
     *     failure
     */
    public <T> @Nullable T call(Function<C, ? extends Future<T>> operation) {
        Connection<C> connection = current.get();
        if (connection == null) {
            throw new CacheException(server.messages().unconnected(), null);
        }
        try {
            T answer = await(operation.apply(connection.client()));
            connection.succeeded();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        } catch (ExecutionException e) {
            failed(connection, e.getCause() == null ? e : e.getCause());
            throw failure(e);
        } catch (TimeoutException | RuntimeException e) {
            failed(connection, e);
            throw failure(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        ticking.cancel(false);
        disconnectCurrent();
        server.close();
    }

    private <T> @Nullable T await(Future<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            TimeoutException told = new TimeoutException("no answer within " + timeout.toMillis() + " ms");
            told.initCause(e);
            throw told;
        }
    }

    private CacheException failure(Exception e) {
        return new CacheException(server.messages().failed() + RootCause.of(e), Redaction.cause(e, ""));
    }

    private void failed(Connection<C> connection, Throwable failure) {
        RemoteServer.Remedy remedy = server.remedy(failure);
        if (remedy == RemoteServer.Remedy.KEEP || !connection.failsInARow()) {
            return;
        }
        if (remedy == RemoteServer.Remedy.REPLACE) {
            inBackground(attempt);
        } else if (current.compareAndSet(connection, null)) {
            inBackground(connecting(() -> replace(connection)));
        }
    }

    private void replace(Connection<C> connection) {
        try {
            server.disconnect(connection.client());
        } finally {
            connect();
        }
    }

    private void tick() {
        if (current.get() == null && clock.nanoTime() - notBefore >= 0) {
            connect();
        }
    }

    /** Makes an attempt, unless one is under way or the application is stopping. */
    private void connect() {
        if (closed || !connecting.compareAndSet(false, true)) {
            return;
        }
        boolean begun = false;
        try {
            var unused = server.connect().whenComplete(this::ended);
            begun = true;
        } catch (Exception e) {
            unreachable(e);
        } finally {
            if (!begun) {
                attemptEnded();
            }
        }
    }

    private void ended(@Nullable C client, @Nullable Throwable failure) {
        try {
            if (client != null) {
                connected(client);
            } else {
                unreachable(failure == null ? new IllegalStateException("no connection") : failure);
            }
        } finally {
            attemptEnded();
        }
    }

    private void attemptEnded() {
        connecting.set(false);
        firstAttempt.countDown();
    }

    private void connected(C client) {
        delay = RETRY;
        notBefore = clock.nanoTime();
        Connection<C> former = current.getAndSet(new Connection<>(client));
        if (former != null) {
            disconnectLater(former);
        }
        if (closed) {
            disconnectCurrent();
        } else if (warned) {
            warned = false;
            log.log(Level.INFO, server.messages().reached());
        }
    }

    private void unreachable(Throwable failure) {
        if (server.isLasting(failure)) {
            notBefore = clock.nanoTime() + delay.toNanos();
            delay = delay.compareTo(LONGEST_RETRY) < 0 ? delay.multipliedBy(2) : delay;
        }
        if (!warned && !closed) {
            warned = true;
            ServerMessages messages = server.messages();
            log.log(Level.WARNING, () -> messages.unreachable() + RootCause.of(failure) + messages.remedy());
        }
    }

    /** Others may still wait for its answers. */
    private void disconnectLater(Connection<C> former) {
        try {
            Recurring disconnect = connecting(() -> server.disconnect(former.client()));
            var unused = scheduler.schedule(disconnect, timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            server.disconnect(former.client());
        }
    }

    private void disconnectCurrent() {
        Connection<C> last = current.getAndSet(null);
        if (last != null) {
            server.disconnect(last.client());
        }
    }

    private void inBackground(Recurring task) {
        try {
            scheduler.execute(task);
        } catch (RejectedExecutionException e) {
            log.log(Level.DEBUG, "The application is stopping", e);
        }
    }

    private Recurring connecting(Runnable task) {
        return Recurring.of("Connecting to " + server.messages().name(), task);
    }

    /**
     * A connection, and whether its last operations failed. Successes are counted while a failure
     * is remembered.
     */
    private record Connection<C>(C client, CircuitBreaker<Object> operations) {

        Connection(C client) {
            this(client, CircuitBreaker.builder().withFailureThreshold(FAILURES).build());
        }

        void succeeded() {
            if (operations.getFailureCount() > 0) {
                operations.recordSuccess();
            }
        }

        boolean failsInARow() {
            operations.recordFailure();
            return operations.isOpen();
        }
    }
}
