package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.Samples;
import dev.lockstep.revocation.HandScheduler;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry, a session of alice and a connection for it, by clocks that are moved by hand. */
abstract class ConnectionScenario {

    static final Duration LONGER_THAN_PACE = ConnectionRegistry.PACE.plusMillis(100);

    final HandClock clock = new HandClock();
    final HandScheduler scheduler = new HandScheduler(clock);
    final NaiveStore store = new NaiveStore(clock::wallMillis);
    final AtomicBoolean storeIsAway = new AtomicBoolean();
    final Set<ConnectionRegistry> told = new HashSet<>();
    final List<String> asked = new ArrayList<>();
    Runnable afterAnswer = () -> {};
    Runnable beforeAnswer = () -> {};
    private final SessionStore observed = observed();
    final ConnectionRegistry connections = registry(true, Runnable::run);

    final SessionCopy copy = store.open(Samples.session("alice"));
    final Session session = copy.session();
    final Connection connection = new Connection();

    final void revoke() {
        store.revoke(List.of(new RevocationTarget.OfId(session.id())));
        connections.ended(session.id());
    }

    final ConnectionRegistry registry(boolean hears, Executor closing) {
        return registry((SessionSearch) observed, hears, closing);
    }

    /** Of a store that may not be able to find a session by its identifier. */
    final ConnectionRegistry registry(SessionSearch search) {
        return registry(search, true, Runnable::run);
    }

    private ConnectionRegistry registry(SessionSearch search, boolean hears, Executor closing) {
        return new ConnectionRegistry(
                observed,
                search,
                hears,
                told::add,
                clock,
                clock::wallMillis,
                scheduler,
                new ConnectionCloser(closing, scheduler));
    }

    /** The store, with something happening before and after it is asked. */
    private SessionStore observed() {
        return (SessionStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SessionStore.class, SessionSearch.class},
                (self, method, arguments) -> {
                    asked.add(method.getName());
                    if (storeIsAway.get()) {
                        throw new StoreUnavailableException("a store of a test is away", null);
                    }
                    beforeAnswer.run();
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        afterAnswer.run();
                    }
                });
    }

    static jakarta.websocket.Session socket(AtomicBoolean isOpen, List<Object> reasons) {
        return socket(isOpen, reasons, () -> {});
    }

    static jakarta.websocket.Session socket(AtomicBoolean isOpen, List<Object> reasons, Runnable asked) {
        return (jakarta.websocket.Session) Proxy.newProxyInstance(
                ConnectionScenario.class.getClassLoader(),
                new Class<?>[] {jakarta.websocket.Session.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("isOpen")) {
                        asked.run();
                        return isOpen.get();
                    }
                    assertThat(method.getName()).isEqualTo("close");
                    reasons.addAll(arguments == null ? List.of("none") : List.of(arguments));
                    return null;
                });
    }

    static SseEventSink sink(AtomicBoolean isOpen) {
        return (SseEventSink) Proxy.newProxyInstance(
                ConnectionScenario.class.getClassLoader(),
                new Class<?>[] {SseEventSink.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("isClosed")) {
                        return !isOpen.get();
                    }
                    isOpen.set(false);
                    return null;
                });
    }

    /** Counts how often it was closed. */
    static final class Connection implements AutoCloseable {

        int closed;

        @Override
        public void close() {
            closed++;
        }
    }
}
