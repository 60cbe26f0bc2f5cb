package dev.lockstep.cdi;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.redaction.Redaction;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the application, held to the deadline that Lockstep's own keep. It is asked on threads
 * of its own, since nothing else gives a caller back that waits for code that hangs; at most
 * {@value #THREADS} hang with it. Whatever it throws, and that it does not answer, becomes a
 * {@link CacheException}.
 *
 * <p>All threads are made at once, in the context of the deployment: one that a request makes would
 * keep that request's context, and hand it to the calls of others.
 *
 * <p>Thread-safe, as the application's cache is. That one is the container's to close.
 */
final class ApplicationCache implements SessionCache, AutoCloseable {

    /** As many as the store has by default: what waits for one cache would wait for the store. */
    private static final int THREADS = 16;
    /** More calls than that would time out in the queue. */
    private static final int QUEUE = 1_000;

    private final SessionCache cache;
    private final String name;
    private final Duration timeout;
    private final ThreadPoolExecutor executor;

    /** @param name for messages */
    ApplicationCache(SessionCache cache, String name, Duration timeout, ThreadFactory threads) {
        this.cache = cache;
        this.name = name;
        this.timeout = timeout;
        this.executor = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(QUEUE), threads);
        executor.prestartAllCoreThreads();
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        return inTime(() -> cache.get(digest));
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        inTime(() -> {
            cache.put(copy, timeToLive);
            return null;
        });
    }

    @Override
    public void invalidate(TokenDigest digest) {
        inTime(() -> {
            cache.invalidate(digest);
            return null;
        });
    }

    /** Asked for by a person, and perhaps long: as long as it takes. */
    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private <T> @Nullable T inTime(Callable<@Nullable T> operation) {
        Future<@Nullable T> answer = submit(operation);
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CacheException(
                    "LOCKSTEP-0512 Your cache " + name + " did not answer within " + timeout
                            + ". Make it quicker, or raise lockstep.cache.timeout.",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> Future<@Nullable T> submit(Callable<@Nullable T> operation) {
        try {
            return executor.submit(operation);
        } catch (RejectedExecutionException e) {
            throw failed(e);
        }
    }

    private CacheException failed(Throwable cause) {
        return cause instanceof CacheException own
                ? own
                : new CacheException(
                        "LOCKSTEP-0513 Your cache " + name + " failed: " + Redaction.text(cause.toString()),
                        Redaction.cause(cause, ""));
    }
}
