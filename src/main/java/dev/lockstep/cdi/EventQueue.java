package dev.lockstep.cdi;

import dev.lockstep.concurrent.OnceAMinute;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Events that wait for observers, which are called one after the other on a thread of their own, in
 * the order in which the events happened. The thread ends when there is nothing to do. Thread-safe.
 *
 * <p>The queue has no bound for what must not be lost: the ends of sessions. Each is a record of
 * some 200 bytes, and they come no faster than the database can end sessions, which each had to be
 * opened before. Everything else, which anybody may cause at any rate, is dropped while
 * {@value #MAX_WAITING} events wait.
 */
final class EventQueue implements AutoCloseable {

    /** So many waiting events are a sign that observers are too slow. */
    static final int MAX_WAITING = 10_000;

    private final ThreadPoolExecutor executor;
    private final OnceAMinute tooSlow;

    EventQueue(ThreadFactory threads, OnceAMinute tooSlow) {
        this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
        this.tooSlow = tooSlow;
        executor.allowCoreThreadTimeOut(true);
    }

    /** @param mayBeLost whether the event is dropped where too many wait */
    void add(String event, boolean mayBeLost, Runnable telling) {
        int waiting = executor.getQueue().size();
        if (waiting >= MAX_WAITING && tooSlow.isDue()) {
            CdiEvents.LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0502 Observers of events, of " + event + " for one, are too slow: " + waiting
                            + " events wait for them. The ends of sessions go on waiting; other events are dropped. Make the"
                            + " observers quicker.");
        }
        if (waiting < MAX_WAITING || !mayBeLost) {
            execute(telling);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void execute(Runnable telling) {
        try {
            executor.execute(telling);
        } catch (RejectedExecutionException e) {
            // the application has ended, and its observers with it
        }
    }
}
