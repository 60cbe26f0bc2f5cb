package dev.lockstep.cache.redis;

import dev.lockstep.CacheException;
import dev.lockstep.cache.cause.RootCause;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.Redaction;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import org.jspecify.annotations.Nullable;

/**
 * The connection in use. There may be none yet: then commands fail at once, and connecting is tried in the background,
 * every second. A connection that leads nowhere, to a server that is stuck or was demoted, is given up for a new one, which
 * asks the sentinels anew; one to a server that only refuses writes serves until the new one is there.
 *
 * <p>Thread-safe. Who sets {@code connecting} makes an attempt, so there is one at a time; what ends the attempt clears it.
 * Whatever one ends with, the next tick finds whether another is needed.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLink.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RedisClients clients;
    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private final Future<?> ticking;
    private final AtomicReference<@Nullable RedisConnection> current = new AtomicReference<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile boolean warned;
    private volatile boolean closed;

    private RedisLink(RedisClients clients, Duration timeout, ScheduledExecutorService scheduler) {
        this.clients = clients;
        this.timeout = timeout;
        this.scheduler = scheduler;
        this.ticking = Recurring.of("The connecting to Redis", this::tick).every(RETRY, scheduler);
    }

    /** Waits a while for the first connection, and goes on without it. */
    static RedisLink open(RedisClients clients, Duration timeout, ScheduledExecutorService scheduler) {
        RedisLink link = new RedisLink(clients, timeout, scheduler);
        try {
            link.connect().get(RedisClients.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Starting without Redis", Redaction.cause(e, "")); // how that ends is told
        }
        return link;
    }

    /** Runs a command and waits for its answer until the deadline. */
    <T> @Nullable T call(Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        RedisConnection connection = current.get();
        if (connection == null) {
            throw new CacheException("LOCKSTEP-0311 There is no connection to Redis.", null);
        }
        try {
            T answer = LettuceFutures.awaitOrCancel(
                    command.apply(connection.commands()), timeout.toNanos(), TimeUnit.NANOSECONDS);
            connection.answered();
            return answer;
        } catch (RedisReadOnlyException e) {
            if (connection.isHopeless()) {
                var unused = connect();
            }
            throw failure(e);
        } catch (RedisCommandTimeoutException e) {
            unanswered(connection);
            throw failure(e);
        } catch (RedisException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        ticking.cancel(false);
        clients.close();
    }

    private static CacheException failure(RedisException e) {
        return new CacheException(
                "LOCKSTEP-0312 Redis did not do as asked: " + RootCause.of(e), Redaction.cause(e, ""));
    }

    private void unanswered(RedisConnection connection) {
        if (connection.isHopeless() && current.compareAndSet(connection, null)) {
            connection.closeAsync();
            var unused = connect();
        }
    }

    private void tick() {
        if (current.get() == null) {
            var unused = connect();
        }
    }

    /** Makes an attempt, unless one is under way or the application is stopping. */
    private CompletableFuture<?> connect() {
        if (closed || !connecting.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        boolean begun = false;
        try {
            CompletableFuture<?> attempt =
                    clients.connect().whenComplete(this::connected).toCompletableFuture();
            begun = true;
            return attempt;
        } finally {
            if (!begun) {
                connecting.set(false);
            }
        }
    }

    private void connected(@Nullable RedisConnection connection, @Nullable Throwable failure) {
        connecting.set(false);
        if (connection == null) {
            warn(failure);
            return;
        }
        RedisConnection former = current.getAndSet(connection);
        if (former != null) {
            closeLater(former);
        }
        back();
    }

    /** Others may still wait for its answers. */
    private void closeLater(RedisConnection former) {
        try {
            var unused = scheduler.schedule(former::closeAsync, timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            former.closeAsync();
        }
    }

    private void warn(@Nullable Throwable failure) {
        if (!warned && !closed) {
            warned = true;
            LOG.log(
                    Level.WARNING,
                    () -> "LOCKSTEP-0310 Redis can't be reached: " + (failure == null ? "" : RootCause.of(failure))
                            + ". Until it can, the store answers. Check lockstep.redis.uri, and the server.");
        }
    }

    private void back() {
        if (warned) {
            warned = false;
            LOG.log(Level.INFO, "LOCKSTEP-0313 Redis is reached.");
        }
    }
}
