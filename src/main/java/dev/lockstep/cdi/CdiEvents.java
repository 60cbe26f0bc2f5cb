package dev.lockstep.cdi;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionExpired;
import dev.lockstep.SessionRevoked;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.session.SessionEvents;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Tells the application's observers, those with {@code @Observes} and those with
 * {@code @ObservesAsync} each once. What they throw is logged, at most once a minute for each kind
 * of event, and changes nothing. No end of a session is ever dropped, however slow they are.
 * Thread-safe.
 *
 * <p>Asynchronous observers have a thread of their own, so that they keep nobody else waiting.
 */
final class CdiEvents implements SessionEvents, AutoCloseable {

    static final Logger LOG = System.getLogger(CdiEvents.class.getName());

    private final Event<Object> event;
    private final EventQueue later;
    private final EventQueue async;
    private final Map<Class<?>, OnceAMinute> failures = new ConcurrentHashMap<>();

    CdiEvents(Event<Object> event, ThreadFactory threads) {
        OnceAMinute tooSlow = new OnceAMinute();
        this.event = event;
        this.later = new EventQueue(threads, tooSlow);
        this.async = new EventQueue(threads, tooSlow);
    }

    @Override
    public void fire(Object payload) {
        tellAsync(payload);
        notifyObservers(payload);
    }

    @Override
    public void fireLater(Object payload) {
        tellAsync(payload);
        later.add(name(payload), mayBeLost(payload), () -> notifyObservers(payload));
    }

    @Override
    public void close() {
        later.close();
        async.close();
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
                    "LOCKSTEP-0501 An observer of " + name(payload) + " failed; nothing else is affected.",
                    e);
        }
    }

    private static boolean mayBeLost(Object payload) {
        return !(payload instanceof SessionRevoked
                || payload instanceof RevocationsMissed
                || payload instanceof SessionExpired);
    }

    private static String name(Object payload) {
        return payload.getClass().getSimpleName();
    }
}
