package dev.lockstep.session;

import dev.lockstep.revocation.RevocationNode;
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

    private static final int BACKGROUND_THREADS = 2;
    private static final int BACKGROUND_QUEUE = 1_000;

    private final ScheduledExecutorService feed;
    private final ScheduledExecutorService waiting;
    private final ScheduledExecutorService committing;
    private final ScheduledExecutorService housekeeping;
    private final ExecutorService background;

    SessionThreads(ThreadFactory factory) {
        feed = scheduler(factory);
        waiting = scheduler(factory);
        committing = scheduler(factory);
        housekeeping = scheduler(factory);
        background = background(factory);
    }

    RevocationNode.Threads ofNode() {
        return new RevocationNode.Threads(feed, waiting, committing);
    }

    ScheduledExecutorService housekeeping() {
        return housekeeping;
    }

    /** For what may be dropped: refuses when there is too much of it. */
    ExecutorService background() {
        return background;
    }

    @Override
    public void close() {
        List.of(feed, waiting, committing, housekeeping, background).forEach(ExecutorService::shutdownNow);
    }

    private static ScheduledExecutorService scheduler(ThreadFactory factory) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, factory);
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static ExecutorService background(ThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                BACKGROUND_THREADS,
                BACKGROUND_THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(BACKGROUND_QUEUE),
                factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
