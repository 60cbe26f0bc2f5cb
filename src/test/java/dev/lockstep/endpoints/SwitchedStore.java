package dev.lockstep.endpoints;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Predicate;

/** The application's own store, in which single methods can be made to fail. */
@ApplicationScoped
public class SwitchedStore {

    static volatile NaiveStore naive = new NaiveStore(System::currentTimeMillis);
    static volatile Predicate<String> failing = method -> false;
    static volatile RuntimeException failure = new StoreUnavailableException("on purpose", null);

    /** What it implements beside the store. */
    static volatile Set<Class<?>> interfaces = Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class);

    /** Without a client proxy, which would be a store and nothing else. */
    @Produces
    @Singleton
    SessionStore store() {
        return (SessionStore) Proxy.newProxyInstance(
                SwitchedStore.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), SwitchedStore::call);
    }

    /** Runs this while some of the methods fail. */
    static void without(Predicate<String> methods, Runnable action) {
        failing = methods;
        try {
            action.run();
        } finally {
            failing = method -> false;
        }
    }

    private static Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (failing.test(method.getName())) {
            throw failure;
        }
        try {
            return method.invoke(naive, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
