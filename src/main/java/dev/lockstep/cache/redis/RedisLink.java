package dev.lockstep.cache.redis;

import dev.lockstep.CacheException;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection in use. There may be none yet: then commands fail at once, and connecting is tried in the background. A
 * connection that leads nowhere, to a server that is stuck or was demoted, is given up for a new one, which asks the
 * sentinels anew.
 *
 * <p>Thread-safe. Whoever takes the connection out of {@code current} begins the next attempt, so there is one at a time.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisLink.class.getName());
    private static final long RETRY_MILLIS = 1000;

    private final RedisClients clients;
    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private final AtomicReference<@Nullable RedisConnection> current = new AtomicReference<>();
    private volatile boolean warned;
    private volatile boolean closed;

    private RedisLink(RedisClients clients, Duration timeout, ScheduledExecutorService scheduler) {
        this.clients = clients;
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    /** Waits a while for the first connection, and goes on without it. */
    static RedisLink open(RedisClients clients, Duration timeout, ScheduledExecutorService scheduler) {
        RedisLink link = new RedisLink(clients, timeout, scheduler);
        var first = clients.connect().toCompletableFuture();
        try {
            first.get(RedisClients.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Starting without Redis", e); // the next line says it
        }
        var unused = first.whenComplete(link::connected);
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
        } catch (RedisCommandTimeoutException | RedisReadOnlyException e) {
            unanswered(connection);
            throw failure(e);
        } catch (RedisException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        clients.close();
    }

    private static CacheException failure(RedisException e) {
        return new CacheException("LOCKSTEP-0312 Redis did not do as asked: " + e.getMessage(), e);
    }

    private void unanswered(RedisConnection connection) {
        if (connection.isHopeless() && current.compareAndSet(connection, null)) {
            connection.closeAsync();
            connect();
        }
    }

    private void connect() {
        if (!closed) {
            var unused = clients.connect().whenComplete(this::connected);
        }
    }

    private void connected(@Nullable RedisConnection connection, @Nullable Throwable failure) {
        if (connection != null) {
            current.set(connection);
            back();
        } else {
            warn(failure);
            later();
        }
    }

    private void warn(@Nullable Throwable failure) {
        if (!warned && !closed) {
            warned = true;
            LOG.log(
                    Level.WARNING,
                    () -> "LOCKSTEP-0310 Redis can't be reached: " + root(failure)
                            + ". Until it can, the store answers. Check lockstep.redis.uri, and the server.");
        }
    }

    /** What lies under Lettuce's "Unable to connect". */
    private static @Nullable Throwable root(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void back() {
        if (warned) {
            warned = false;
            LOG.log(Level.INFO, "LOCKSTEP-0313 Redis is reached.");
        }
    }

    private void later() {
        try {
            var unused = scheduler.schedule(this::connect, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The application is stopping", e);
        }
    }
}
