package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the registry learns from the store as time passes, and what it makes of it. */
class ConnectionChecksTest extends ConnectionScenario {

    /** What the store told before the session was opened says nothing of it. */
    @Test
    void anAnswerThatIsOlderThanASessionDoesNotEndIt() {
        connections.register(session, connection);
        Connection later = new Connection();
        afterAnswer = () -> {
            afterAnswer = () -> {};
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
        int before = asked.size();

        scheduler.advance(ConnectionRegistry.ASKS_AGAIN_AFTER.minusSeconds(1));

        assertThat(asked).hasSize(before);
    }

    @Test
    void manyOfOnePrincipalAreAskedForTogether() {
        for (int i = 0; i <= ConnectionRegistry.FEW; i++) {
            connections.register(store.open(Samples.session("alice")).session(), new Connection());
        }
        asked.clear();

        connections.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(asked).containsExactly("list");
    }

    /** Their principal may have many more, which nobody is connected to. */
    @Test
    void fewOfOnePrincipalAreAskedForOneByOne() {
        connections.register(session, connection);
        connections.register(store.open(Samples.session("alice")).session(), new Connection());
        asked.clear();

        connections.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(asked).containsExactly("byId", "byId");
    }

    @Test
    void aStoreThatCannotSearchIsAskedForAllOfThePrincipal() {
        ConnectionRegistry plain = registry(null);
        plain.register(session, connection);
        assertThat(asked).containsExactly("list");
        store.vanish(copy.digest());

        plain.missed();
        scheduler.advance(LONGER_THAN_PACE);

        assertThat(connection.closed).isEqualTo(1);
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
        int before = asked.size();

        scheduler.advance(LONGER_THAN_PACE);
        assertThat(asked).hasSize(before + 1);

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
}
