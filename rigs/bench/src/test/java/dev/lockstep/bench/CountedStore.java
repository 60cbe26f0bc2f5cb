package dev.lockstep.bench;

import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts how often a session is read from it. Thread-safe. */
final class CountedStore {

    private final AtomicInteger finds = new AtomicInteger();
    private final SessionStore store;

    /** @param store keeps a log, and can be asked for it without a change of threads */
    <S extends SessionStore & RevocationLog & DirectLog> CountedStore(S store) {
        this.store = (SessionStore) Proxy.newProxyInstance(
                CountedStore.class.getClassLoader(),
                new Class<?>[] {SessionStore.class, RevocationLog.class, DirectLog.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        finds.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    SessionStore store() {
        return store;
    }

    int finds() {
        return finds.get();
    }
}
