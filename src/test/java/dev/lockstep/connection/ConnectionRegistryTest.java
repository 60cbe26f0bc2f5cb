package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.Session;
import dev.lockstep.SessionConnections.Registration;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.Samples;
import dev.lockstep.revocation.HandScheduler;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.SessionStore;
import jakarta.websocket.CloseReason;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When what is open for a session ends, by clocks that are moved by hand. */
class ConnectionRegistryTest {

    private static final Duration LONGER_THAN_PACE = ConnectionRegistry.PACE.plusMillis(100);

    private final HandClock clock = new HandClock();
    private final HandScheduler scheduler = new HandScheduler(clock);
    private final NaiveStore store = new NaiveStore(clock::wallMillis);
    private final AtomicBoolean storeIsAway = new AtomicBoolean();
    private final Set<ConnectionRegistry> told = new HashSet<>();
    private final AtomicInteger lists = new AtomicInteger();
    private Runnable afterList = () -> {};
    private Runnable beforeList = () -> {};
    private final ConnectionRegistry connections = registry(true, Runnable::run);

    private final SessionCopy copy = store.open(Samples.session("alice"));
    private final Session session = copy.session();
    private final Connection connection = new Connection();

    @Test
    void aConnectionIsClosedWhenItsSessionIsRevokedAndNoOther() {
        Connection bobs = new Connection();
        connections.register(session, connection);
        connections.register(store.open(Samples.session("bob")).session(), bobs);

        revoke();

        assertThat(connection.closed).isEqualTo(1);
        assertThat(bobs.closed).isZero();
        assertThat(connections.size()).isEqualTo(1);
    }

    /** Else an end that comes before the first connection is entered would be told to nobody. */
    @Test
    void theNodeIsToldBeforeThereIsAConnection() {
        assertThat(told).isEmpty();
        beforeList = () -> assertThat(told).containsExactly(connections);

        connections.register(session, connection);

        assertThat(lists).hasValue(1);
    }

    @Test
    void allConnectionsOfASessionAreClosedEachOnce() {
        List<Connection> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(new Connection());
            connections.register(session, many.get(i));
        }

        revoke();
        connections.ended(session.id());
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(many).allSatisfy(each -> assertThat(each.closed).isEqualTo(1));
    }

    @Test
    void tenThousandConnectionsOfASessionAreClosedByThreadsThatAreFew() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        ConnectionRegistry crowded = registry(true, waiting::add);
        Connection common = new Connection();
        for (int i = 0; i < 10_000; i++) {
            crowded.register(session, () -> common.closed++);
        }

        store.revoke(List.of(new RevocationTarget.OfId(session.id())));
        crowded.ended(session.id());
        assertThat(common.closed).isZero();
        while (!waiting.isEmpty()) {
            assertThat(waiting).hasSize(1);
            waiting.remove().run();
        }

        assertThat(common.closed).isEqualTo(10_000);
    }

    @Test
    void aNullSaysWhatIsMissing() {
        assertThatThrownBy(() -> connections.register(null, connection)).hasMessage("session");
        assertThatThrownBy(() -> connections.register(session, null)).hasMessage("connection");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsRegisteredAfterTheRevocationIsClosedAtOnce() {
        revoke();

        connections.register(session, connection);

        assertThat(connection.closed).isEqualTo(1);
        assertThat(connections.size()).isZero();
    }

    @Test
    void aRevocationBeforeTheStoreIsAskedIsNotOverlooked() {
        beforeList = this::revoke;

        connections.register(session, connection);

        assertThat(connection.closed).isEqualTo(1);
    }

    @Test
    void aRevocationAfterTheStoreWasAskedIsNotOverlooked() {
        afterList = this::revoke;

        connections.register(session, connection);

        assertThat(connection.closed).isEqualTo(1);
    }

    /** What the store told before the session was opened says nothing of it. */
    @Test
    void anAnswerThatIsOlderThanASessionDoesNotEndIt() {
        connections.register(session, connection);
        Connection later = new Connection();
        afterList = () -> {
            afterList = () -> {};
            connections.register(store.open(Samples.session("alice")).session(), later);
        };
        scheduler.advance(ConnectionRegistry.ASKS_AGAIN_AFTER.plus(LONGER_THAN_PACE));

        assertThat(connections.size()).isEqualTo(2);
        assertThat(later.closed).isZero();
    }

    @Test
    void anIdleSessionsConnectionIsClosedSoonAfterItsEndAndNotBefore() {
        Duration idle = ConnectionRegistry.ASKS_AGAIN_AFTER.dividedBy(2);
        connections.register(
                store.open(Samples.session("bob", Samples.digest(), Samples.ABSOLUTE, idle))
                        .session(),
                connection);

        scheduler.advance(idle.minusMillis(1));
        assertThat(connection.closed).isZero();

        scheduler.advance(LONGER_THAN_PACE);
        assertThat(connection.closed).isEqualTo(1);
    }

    @Test
    void aConnectionEndsWithTheAbsoluteLifetimeHoweverMuchTheSessionIsUsed() {
        connections.register(session, connection);

        for (Duration passed = Duration.ZERO;
                passed.compareTo(Samples.ABSOLUTE.minusMinutes(1)) < 0;
                passed = passed.plusMinutes(10)) {
            scheduler.advance(Duration.ofMinutes(10));
            assertThat(connection.closed).isEqualTo(passed.compareTo(Samples.ABSOLUTE.minusMinutes(10)) < 0 ? 0 : 1);
            store.touch(copy.digest(), Duration.ZERO);
        }
    }

    @Test
    void aSessionThatIsUsedElsewhereKeepsItsConnection() {
        connections.register(session, connection);
        scheduler.advance(Samples.IDLE.minusMinutes(1));
        store.touch(copy.digest(), Duration.ZERO);

        scheduler.advance(Duration.ofMinutes(30));

        assertThat(connection.closed).isZero();
    }

    @Test
    void aRotationKeepsTheConnection() {
        connections.register(session, connection);
        store.rotate(copy.digest(), Samples.digest());

        connections.missed();
        scheduler.advance(Samples.IDLE.minusMinutes(1));

        assertThat(connection.closed).isZero();
    }

    @Test
    void whereRevocationsMayHaveBeenMissedTheStoreIsAskedForAll() {
        Connection bobs = new Connection();
        connections.register(session, connection);
        connections.register(store.open(Samples.session("bob")).session(), bobs);
        store.vanish(copy.digest());

        scheduler.advance(LONGER_THAN_PACE);
        assertThat(connection.closed).isZero();
        connections.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(connection.closed).isEqualTo(1);
        assertThat(bobs.closed).isZero();
    }

    @Test
    void aSessionWhoseRowVanishedEndsWithinMinutes() {
        connections.register(session, connection);
        store.vanish(copy.digest());

        scheduler.advance(ConnectionRegistry.ASKS_AGAIN_AFTER.plus(LONGER_THAN_PACE));

        assertThat(connection.closed).isEqualTo(1);
    }

    @Test
    void aNodeThatHearsOfNoRevocationsAsksEveryFewSeconds() {
        ConnectionRegistry deaf = registry(false, Runnable::run);
        deaf.register(session, connection);
        store.revoke(List.of(new RevocationTarget.OfId(session.id())));

        scheduler.advance(ConnectionRegistry.DEAF_ASKS_AGAIN_AFTER.plus(LONGER_THAN_PACE));

        assertThat(connection.closed).isEqualTo(1);
    }

    @Test
    void theStoreIsLeftAloneWhileNothingIsDue() {
        connections.register(session, connection);
        int asked = lists.get();

        scheduler.advance(ConnectionRegistry.ASKS_AGAIN_AFTER.minusSeconds(1));

        assertThat(lists).hasValue(asked);
    }

    @Test
    void thoseOfOnePrincipalAreAskedForTogether() {
        connections.register(session, connection);
        for (int i = 0; i < 10; i++) {
            connections.register(store.open(Samples.session("alice")).session(), new Connection());
        }
        int asked = lists.get();

        connections.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(lists).hasValue(asked + 1);
    }

    @Test
    void aStoreThatIsAwayEndsNothingForMinutesAndThenAll() {
        try (CapturedLog log = new CapturedLog(ConnectionRegistry.class.getName())) {
            connections.register(session, connection);
            storeIsAway.set(true);
            connections.missed();

            scheduler.advance(ConnectionRegistry.GIVES_UP_AFTER.minusSeconds(1));
            assertThat(connection.closed).isZero();

            scheduler.advance(LONGER_THAN_PACE);
            assertThat(connection.closed).isEqualTo(1);
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0222 ");
        }
    }

    /** Each call may take as long as the store's timeout. */
    @Test
    void aStoreThatIsAwayIsAskedOnceAtATimeHoweverManyWait() {
        List<Connection> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(new Connection());
            connections.register(store.open(Samples.session("user " + i)).session(), many.get(i));
        }
        storeIsAway.set(true);
        connections.missed();
        int asked = lists.get();

        scheduler.advance(LONGER_THAN_PACE);
        assertThat(lists).hasValue(asked + 1);

        scheduler.advance(ConnectionRegistry.GIVES_UP_AFTER);
        assertThat(many).allSatisfy(each -> assertThat(each.closed).isEqualTo(1));
    }

    /** A machine that was suspended asks before it judges. */
    @Test
    void aNodeThatStoodStillAsksBeforeItGivesUp() {
        connections.register(session, connection);
        clock.advance(ConnectionRegistry.GIVES_UP_AFTER.plusMinutes(5));

        scheduler.advance(LONGER_THAN_PACE);

        assertThat(connection.closed).isZero();
    }

    @Test
    void aConnectionThatCouldNotBeCheckedIsNotRegistered() {
        storeIsAway.set(true);

        assertThatThrownBy(() -> connections.register(session, connection))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(connections.size()).isZero();
        assertThat(connection.closed).isZero();
    }

    @Test
    void whatIsLetGoOfIsNotClosed() {
        Registration registration = connections.register(session, connection);
        Connection other = new Connection();
        connections.register(session, other);

        registration.unregister();
        registration.unregister();
        assertThat(connections.size()).isEqualTo(1);
        revoke();

        assertThat(connection.closed).isZero();
        assertThat(other.closed).isEqualTo(1);
    }

    @Test
    void webSocketsAndEventStreamsThatAreClosedOtherwiseAreForgotten() {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        connections.register(session, socket(isOpen, new ArrayList<>()));
        connections.register(session, sink(isOpen));

        scheduler.advance(LONGER_THAN_PACE);
        assertThat(connections.size()).isEqualTo(1);
        isOpen.set(false);
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(connections.size()).isZero();
    }

    @Test
    void aWebSocketThatCannotTellWhetherItIsOpenKeepsNoOtherFromBeingChecked() {
        jakarta.websocket.Session broken = socket(new AtomicBoolean(), new ArrayList<>(), () -> {
            throw new IllegalStateException("a WebSocket of a test");
        });
        for (int i = 0; i < 10; i++) {
            connections.register(store.open(Samples.session("user " + i)).session(), broken);
        }
        connections.register(session, connection);
        store.vanish(copy.digest());

        connections.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(connection.closed).isEqualTo(1);
        assertThat(connections.size()).isEqualTo(10);
    }

    /** RFC 6455, section 7.4.1. */
    @Test
    void aWebSocketIsClosedForAViolationOfPolicy() {
        List<Object> reasons = new ArrayList<>();
        connections.register(session, socket(new AtomicBoolean(true), reasons));

        revoke();

        assertThat(reasons)
                .singleElement()
                .satisfies(reason -> assertThat(
                                ((CloseReason) reason).getCloseCode().getCode())
                        .isEqualTo(1008));
    }

    @Test
    void anEventStreamIsClosed() {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        connections.register(session, sink(isOpen));

        revoke();

        assertThat(isOpen).isFalse();
    }

    @Test
    void aConnectionThatFailsToCloseKeepsNoOtherFromIt() {
        try (CapturedLog log = new CapturedLog(ConnectionCloser.class.getName())) {
            for (int i = 0; i < 5; i++) {
                connections.register(session, () -> {
                    throw new IllegalStateException("a connection of a test");
                });
                connections.register(session, () -> {
                    throw new NoClassDefFoundError("a connection of a test");
                });
            }
            connections.register(session, connection);

            revoke();

            assertThat(connection.closed).isEqualTo(1);
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0223 ");
        }
    }

    /** Not every container does that. RFC 6455, section 7.4.1. */
    @Test
    void whatAnApplicationHasOpenEndsWithIt() {
        List<Object> reasons = new ArrayList<>();
        AtomicBoolean streams = new AtomicBoolean(true);
        connections.register(session, socket(new AtomicBoolean(true), reasons));
        connections.register(session, sink(streams));

        connections.close();

        assertThat(reasons)
                .singleElement()
                .satisfies(reason -> assertThat(
                                ((CloseReason) reason).getCloseCode().getCode())
                        .isEqualTo(1001));
        assertThat(streams).isFalse();
    }

    @Test
    void anApplicationEndsWhatItHasOpenThoughTheContainerGivesNoThreadsAnyMore() {
        ConnectionRegistry late = registry(true, task -> {
            throw new IllegalStateException("a container of a test gives no thread");
        });
        late.register(session, connection);
        late.register(session, connection);

        late.close();

        assertThat(connection.closed).isEqualTo(2);
    }

    /** Its end by a timeout would go unnoticed. */
    @Test
    void whereNobodyWouldLookAfterAConnectionItIsNotRegistered() {
        scheduler.failsOnce = true;

        assertThatThrownBy(() -> connections.register(session, connection)).isInstanceOf(OutOfMemoryError.class);

        assertThat(connections.size()).isZero();
    }

    /** It may have ended what the connection needs. */
    @Test
    void nothingIsSaidOfWhatTheContainerHasHalfClosedWhenTheApplicationEnds() {
        try (CapturedLog log = new CapturedLog(ConnectionCloser.class.getName())) {
            connections.register(session, () -> {
                throw new IllegalStateException("a connection of a test");
            });
            connections.register(session, connection);

            connections.close();

            assertThat(connection.closed).isEqualTo(1);
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void anApplicationThatHasEndedIsHeldByNothing() {
        connections.register(session, connection);

        connections.close();
        assertThat(connections.size()).isZero();
        assertThat(connection.closed).isEqualTo(1);
        Connection late = new Connection();
        connections.register(session, late);

        assertThat(connections.size()).isZero();
        assertThat(late.closed).isEqualTo(1);
    }

    private void revoke() {
        store.revoke(List.of(new RevocationTarget.OfId(session.id())));
        connections.ended(session.id());
    }

    private ConnectionRegistry registry(boolean hears, Executor closing) {
        return new ConnectionRegistry(
                observed(),
                hears,
                told::add,
                clock,
                clock::wallMillis,
                scheduler,
                new ConnectionCloser(closing, scheduler));
    }

    /** The store, with something happening before and after a list is read. */
    private SessionStore observed() {
        return (SessionStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SessionStore.class}, (self, method, arguments) -> {
                    if (storeIsAway.get()) {
                        lists.incrementAndGet();
                        throw new StoreUnavailableException("a store of a test is away", null);
                    }
                    lists.incrementAndGet();
                    beforeList.run();
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        afterList.run();
                    }
                });
    }

    private static jakarta.websocket.Session socket(AtomicBoolean isOpen, List<Object> reasons) {
        return socket(isOpen, reasons, () -> {});
    }

    private static jakarta.websocket.Session socket(AtomicBoolean isOpen, List<Object> reasons, Runnable asked) {
        return (jakarta.websocket.Session) Proxy.newProxyInstance(
                ConnectionRegistryTest.class.getClassLoader(),
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

    private static SseEventSink sink(AtomicBoolean isOpen) {
        return (SseEventSink) Proxy.newProxyInstance(
                ConnectionRegistryTest.class.getClassLoader(),
                new Class<?>[] {SseEventSink.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("isClosed")) {
                        return !isOpen.get();
                    }
                    isOpen.set(false);
                    return null;
                });
    }

    private static final class Connection implements AutoCloseable {

        private int closed;

        @Override
        public void close() {
            closed++;
        }
    }
}
