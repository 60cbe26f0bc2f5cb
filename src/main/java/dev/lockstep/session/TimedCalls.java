package dev.lockstep.session;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener of each call of a store: its method, how long it took, how it failed. A proxy,
 * so that no method of the store's interfaces can be forgotten; what it costs is nothing beside a
 * statement of a database. Thread-safe, as the store is.
 */
final class TimedCalls implements InvocationHandler {

    private final Object store;
    private final NodeListener listener;
    private final NodeClock clock;

    private TimedCalls(Object store, NodeListener listener, NodeClock clock) {
        this.store = store;
        this.listener = listener;
        this.clock = clock;
    }

    /** The store itself where nobody listens. */
    static <T> T of(Class<T> type, T store, NodeListener listener, NodeClock clock) {
        return listener == NodeListener.NONE
                ? store
                : type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new TimedCalls(store, listener, clock)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        long called = clock.nanoTime();
        Throwable failure = null;
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            failure = e.getCause();
            throw failure;
        } finally {
            listener.storeCalled(method.getName(), Duration.ofNanos(clock.nanoTime() - called), failure);
        }
    }
}
