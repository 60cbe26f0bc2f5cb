package dev.lockstep.health;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store whether it answers. However many ask at the same time, the store is asked once, on a
 * thread of its own, which is gone a minute later.
 *
 * <p>Thread-safe. Nobody waits longer than a second, even for a store that does not keep its
 * deadlines; while such a call hangs, whoever comes waits for that one.
 */
public final class StoreProbe implements AutoCloseable {

    /** As long as a node waits for an answer when it reads the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Runnable call;
    private final Duration patience;
    private final ThreadPoolExecutor thread;
    private @Nullable CompletableFuture<Void> question;

    /** @param threads makes the thread that asks */
    public StoreProbe(SessionStore store, ThreadFactory threads) {
        this(callOf(store), PATIENCE, threads);
    }

    StoreProbe(Runnable call, Duration patience, ThreadFactory threads) {
        this.call = call;
        this.patience = patience;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
        this.thread.allowCoreThreadTimeOut(true);
    }

    /** What costs a store least: its nodes, or else a session under a digest of no token. */
    private static Runnable callOf(SessionStore store) {
        if (store instanceof RevocationLog log) {
            return () -> {
                var unused = log.nodes();
            };
        }
        return () -> {
            var unused = store.find(new TokenDigest(0, 0, 0, 0));
        };
    }

    /** Whether the store answers within a second. */
    boolean isAnswered() {
        try {
            question().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | CancellationException | RejectedExecutionException e) {
            return false;
        }
    }

    /** Begins nothing more; who waits is told that there is no answer. */
    @Override
    public synchronized void close() {
        if (question != null) {
            question.cancel(false);
        }
        thread.shutdownNow();
    }

    private synchronized CompletableFuture<Void> question() {
        CompletableFuture<Void> asked = question;
        if (asked == null || asked.isDone()) {
            asked = CompletableFuture.runAsync(call, thread);
            question = asked;
        }
        return asked;
    }
}
