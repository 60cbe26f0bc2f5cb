package dev.lockstep.session;

import dev.lockstep.revocation.NodeThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one deployment, few and bounded in number; all end with it. */
final class SessionThreads implements AutoCloseable {

    /** One for each queue of commits: revocations, announcements, voids. */
    private static final int COMMITTING_THREADS = 3;
    /** So that one stage that blocks against the advice does not hold up all others. */
    private static final int COMPLETION_THREADS = 2;
    /** So that one slow cache call does not hold up the recording of uses. */
    private static final int BACKGROUND_THREADS = 2;
    /** So that clients which are slow to close do not hold up the end of other connections. */
    private static final int CLOSING_THREADS = 16;
    /** What does not fit is made up for by the next use; a longer queue would only be older. */
    private static final int BACKGROUND_QUEUE = 1_000;

    private final ScheduledExecutorService feed;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService reading;
    private final ScheduledExecutorService committing;
    private final ScheduledExecutorService housekeeping;
    private final ExecutorService completions;
    private final ExecutorService background;
    private final ScheduledExecutorService connections;
    private final ExecutorService closing;
    private final ScheduledExecutorService canaries;

    SessionThreads(ThreadFactory factory) {
        feed = scheduler(1, factory);
        timer = scheduler(1, factory);
        reading = scheduler(1, factory);
        committing = scheduler(COMMITTING_THREADS, factory);
        housekeeping = scheduler(1, factory);
        completions = pool(COMPLETION_THREADS, Integer.MAX_VALUE, factory);
        background = pool(BACKGROUND_THREADS, BACKGROUND_QUEUE, factory);
        connections = scheduler(1, factory);
        closing = pool(CLOSING_THREADS, Integer.MAX_VALUE, factory);
        canaries = scheduler(1, factory);
    }

    NodeThreads ofNode() {
        return new NodeThreads(feed, timer, reading, committing, housekeeping);
    }

    /** On which nothing blocks. */
    ScheduledExecutorService timer() {
        return timer;
    }

    ScheduledExecutorService housekeeping() {
        return housekeeping;
    }

    /**
     * For what an application does when a stage completes, which may take long; never refuses
     * before the end.
     */
    ExecutorService completions() {
        return completions;
    }

    /** For what may be dropped: refuses when there is too much of it. */
    ExecutorService background() {
        return background;
    }

    /** For asking the store about sessions that have open connections; idle where none have. */
    ScheduledExecutorService connections() {
        return connections;
    }

    /** For closing connections, which may block. */
    ExecutorService closing() {
        return closing;
    }

    /** For trying whether logouts are true; idle where nobody wants that. */
    ScheduledExecutorService canaries() {
        return canaries;
    }

    /**
     * Whoever is still to be told how a revocation ended is told here: nobody else would, and they
     * would wait for ever.
     */
    @Override
    public void close() {
        List.of(feed, timer, reading, committing, housekeeping, background, connections, closing, canaries)
                .forEach(ExecutorService::shutdownNow);
        completions.shutdownNow().forEach(Runnable::run);
    }

    private static ScheduledExecutorService scheduler(int threads, ThreadFactory factory) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(threads, factory);
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static ExecutorService pool(int threads, int queue, ThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(queue), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
