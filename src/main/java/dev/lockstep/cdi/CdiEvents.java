package dev.lockstep.cdi;

import dev.lockstep.AdministrativeAction;
import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionExpired;
import dev.lockstep.SessionRevoked;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.session.SessionEvents;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Tells the application's observers, those with {@code @Observes} and those with
 * {@code @ObservesAsync} each once. What they throw is logged, at most once a minute for each kind
 * of event, and changes nothing. No end of a session is ever dropped, however slow they are.
 * Thread-safe.
 *
 * <p>Asynchronous observers have a thread of their own, so that they keep nobody else waiting. The
 * queue in front of it has no bound for what must not be lost: the ends of sessions, and what
 * administrators do. Each is a record of some 200 bytes. They come no faster than the database can
 * end sessions, which each had to be opened before, or than people who are trusted ask. Everything
 * else, which anybody may cause at any rate, is dropped while {@value #MAX_WAITING} events wait.
 *
 * <p>Where no observer is there for a kind of event, no thread is woken for it: on every node, that
 * would be so for each logout.
 */
final class CdiEvents implements SessionEvents, AutoCloseable {

    /** Some 2 MB of them; so many are a sign that observers are too slow. */
    static final int MAX_WAITING = 10_000;

    private static final Logger LOG = System.getLogger(CdiEvents.class.getName());

    private final Event<Object> event;
    private final Predicate<Object> hasObservers;
    private final Map<Class<?>, Boolean> observed = new ConcurrentHashMap<>();
    private final Waiting later;
    private final Waiting async;
    private final Map<Class<?>, OnceAMinute> failures = new ConcurrentHashMap<>();

    /** @param hasObservers whether anybody observes such an event; asked once for each kind */
    CdiEvents(Event<Object> event, Predicate<Object> hasObservers, ThreadFactory threads) {
        OnceAMinute tooSlow = new OnceAMinute();
        this.event = event;
        this.hasObservers = hasObservers;
        this.later = new Waiting(threads, tooSlow);
        this.async = new Waiting(threads, tooSlow);
    }

    @Override
    public void fire(Object payload) {
        if (isObserved(payload)) {
            tellAsync(payload);
            notifyObservers(payload);
        }
    }

    @Override
    public void fireLater(Object payload) {
        if (isObserved(payload)) {
            tellAsync(payload);
            later.add(name(payload), mayBeLost(payload), () -> notifyObservers(payload));
        }
    }

    @Override
    public void close() {
        later.close();
        async.close();
    }

    private boolean isObserved(Object payload) {
        try {
            return observed.computeIfAbsent(payload.getClass(), kind -> hasObservers.test(payload));
        } catch (RuntimeException e) {
            return true; // telling them finds out what is wrong
        }
    }

    private void notifyObservers(Object payload) {
        try {
            event.fire(payload);
        } catch (RuntimeException e) {
            failed(payload, e);
        }
    }

    /** Each asynchronous observer runs where the executor of these options says: in the queue. */
    private void tellAsync(Object payload) {
        NotificationOptions inQueue =
                NotificationOptions.ofExecutor(task -> async.add(name(payload), mayBeLost(payload), task));
        try {
            var unused = event.fireAsync(payload, inQueue).exceptionally(e -> {
                failed(payload, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
                return payload;
            });
        } catch (RuntimeException e) {
            failed(payload, e);
        }
    }

    private void failed(Object payload, Throwable e) {
        if (failures.computeIfAbsent(payload.getClass(), kind -> new OnceAMinute())
                .isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0501 An observer of " + name(payload) + " failed; nothing else is affected. event="
                            + name(payload),
                    Redaction.cause(e, ""));
        }
    }

    private static boolean mayBeLost(Object payload) {
        return !(payload instanceof SessionRevoked
                || payload instanceof RevocationsMissed
                || payload instanceof SessionExpired
                || payload instanceof AdministrativeAction);
    }

    private static String name(Object payload) {
        return payload.getClass().getSimpleName();
    }

    /**
     * Events that wait for observers, which are called one after the other on a thread of their
     * own, in the order in which the events happened. The thread ends when there is nothing to do.
     */
    private static final class Waiting {

        private final ThreadPoolExecutor executor;
        private final OnceAMinute tooSlow;

        Waiting(ThreadFactory threads, OnceAMinute tooSlow) {
            this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
            this.tooSlow = tooSlow;
            executor.allowCoreThreadTimeOut(true);
        }

        /** @param mayBeLost whether the event is dropped where too many wait */
        void add(String event, boolean mayBeLost, Runnable telling) {
            int waiting = executor.getQueue().size();
            if (waiting >= MAX_WAITING && tooSlow.isDue()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0502 Observers of events, of " + event + " for one, are too slow: " + waiting
                                + " events wait for them. The ends of sessions go on waiting; other events are dropped. Make the"
                                + " observers quicker. event=" + event + " waiting=" + waiting);
            }
            if (waiting < MAX_WAITING || !mayBeLost) {
                execute(telling);
            }
        }

        void close() {
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
}
