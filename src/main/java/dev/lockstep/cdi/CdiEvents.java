package dev.lockstep.cdi;

import dev.lockstep.session.SessionEvents;
import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells the application's observers. What they throw is logged and changes nothing; where they are too slow for what
 * happens, events are dropped with a warning rather than kept without bound. Thread-safe.
 */
final class CdiEvents implements SessionEvents, AutoCloseable {

    private static final Logger LOG = System.getLogger(CdiEvents.class.getName());
    private static final int QUEUE = 10_000;

    private final Event<Object> event;
    private final ThreadPoolExecutor later;

    CdiEvents(Event<Object> event, ThreadFactory threads) {
        this.event = event;
        this.later = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(QUEUE), threads);
        later.allowCoreThreadTimeOut(true);
    }

    @Override
    public void fire(Object payload) {
        try {
            event.fire(payload);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0501 An observer of " + payload.getClass().getSimpleName()
                            + " failed; nothing else is affected.",
                    e);
        }
    }

    @Override
    public void fireLater(Object payload) {
        try {
            later.execute(() -> fire(payload));
        } catch (RejectedExecutionException e) {
            if (!later.isShutdown()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0502 Observers of " + payload.getClass().getSimpleName() + " are too slow: " + QUEUE
                                + " events wait for them, and this one is dropped.");
            }
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
