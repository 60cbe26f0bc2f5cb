package dev.lockstep.cache.hotrod;

import dev.lockstep.CacheException;
import dev.lockstep.cache.cause.RootCause;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.CacheContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.infinispan.client.hotrod.RemoteCache;
import org.jspecify.annotations.Nullable;

/**
 * The client in use. There may be none yet: then operations fail at once, and connecting is tried in the background. A
 * client that leads nowhere is given up for a new one: one whose server is stuck or vanished without a word, or lost the
 * cache, which is then created again.
 *
 * <p>Thread-safe. Who sets {@code connecting} makes an attempt, so there is one at a time; what ends the attempt clears it.
 * Whatever one ends with, an {@code Error} too, the next tick finds whether another is needed.
 */
final class HotRodLink implements AutoCloseable {

    private static final Logger LOG = System.getLogger(HotRodLink.class.getName());

    private static final String CONNECTING = "The connecting to the Infinispan Server";

    /** Until a server that does not listen is looked for again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Servers that refuse us are asked ever more seldom, as their log, and ours, has a line each time. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(16);

    private final HotRodClients clients;
    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private final AtomicReference<@Nullable HotRodConnection> current = new AtomicReference<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final Future<?> ticking;
    private volatile Duration patience = RETRY;
    private volatile long notBefore = System.nanoTime();
    private volatile boolean warned;
    private volatile boolean closed;

    private HotRodLink(HotRodClients clients, CacheContext context) {
        this.clients = clients;
        this.timeout = context.timeout();
        this.scheduler = context.scheduler();
        this.ticking = Recurring.of(CONNECTING, this::tick).every(RETRY, scheduler);
    }

    /** Waits a while for the first connection, and goes on without it. */
    static HotRodLink open(HotRodClients clients, CacheContext context) {
        HotRodLink link = new HotRodLink(clients, context);
        try {
            link.scheduler
                    .submit(link::connect)
                    .get(2 * HotRodClients.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            link.warn(e);
        } catch (TimeoutException e) {
            LOG.log(Level.DEBUG, "Still connecting; how that ends is told then, with the reason if it fails", e);
        }
        return link;
    }

    /** Begins an operation and waits for its answer until the deadline. */
    <T> @Nullable T call(Function<RemoteCache<byte[], byte[]>, CompletableFuture<T>> operation) {
        HotRodConnection connection = current.get();
        if (connection == null) {
            throw new CacheException("LOCKSTEP-0341 There is no connection to the Infinispan Server.", null);
        }
        try {
            T answer = await(operation.apply(connection.cache()));
            connection.answered();
            return answer;
        } catch (ExecutionException e) {
            failed(connection);
            throw failure(e);
        } catch (TimeoutException | RuntimeException e) {
            failed(connection);
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        ticking.cancel(false);
        HotRodConnection last = current.getAndSet(null);
        if (last != null) {
            last.close();
        }
    }

    private <T> @Nullable T await(CompletableFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            TimeoutException told = new TimeoutException("no answer within " + timeout.toMillis() + " ms");
            told.initCause(e);
            throw told;
        }
    }

    private static CacheException failure(Throwable e) {
        return new CacheException(
                "LOCKSTEP-0342 The Infinispan Server did not do as asked: " + RootCause.of(e), Redaction.cause(e, ""));
    }

    private void failed(HotRodConnection connection) {
        if (connection.isHopeless() && current.compareAndSet(connection, null)) {
            try {
                scheduler.execute(Recurring.of(CONNECTING, () -> replace(connection)));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "The application is stopping", e);
            }
        }
    }

    private void replace(HotRodConnection connection) {
        try {
            connection.close();
        } finally {
            connect();
        }
    }

    private void tick() {
        if (current.get() == null && System.nanoTime() - notBefore >= 0) {
            connect();
        }
    }

    /** Makes an attempt, unless one is under way or the application is stopping. */
    private void connect() {
        if (closed || !connecting.compareAndSet(false, true)) {
            return;
        }
        try {
            clients.find();
            connected(clients.connect());
        } catch (IOException e) {
            warn(e);
        } catch (GeneralSecurityException | RuntimeException e) {
            warn(e);
            notBefore = System.nanoTime() + patience.toNanos();
            patience = patience.compareTo(LONGEST_RETRY) < 0 ? patience.multipliedBy(2) : patience;
        } finally {
            connecting.set(false);
        }
    }

    private void connected(HotRodConnection connection) {
        patience = RETRY;
        notBefore = System.nanoTime();
        current.set(connection);
        if (closed) {
            close();
        } else if (warned) {
            warned = false;
            LOG.log(Level.INFO, "LOCKSTEP-0343 The Infinispan Server is reached.");
        }
    }

    private void warn(Exception failure) {
        if (!warned && !closed) {
            warned = true;
            LOG.log(
                    Level.WARNING,
                    () -> "LOCKSTEP-0340 The Infinispan Server can't be used: " + RootCause.of(failure)
                            + ". Until it can, the store answers. Check lockstep.hotrod.uri, and the server.");
        }
    }
}
