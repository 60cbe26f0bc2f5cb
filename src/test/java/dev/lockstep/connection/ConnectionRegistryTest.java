package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionConnections.Registration;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget;
import jakarta.websocket.CloseReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is registered for a session ends with it, once, and nothing else does. */
class ConnectionRegistryTest extends ConnectionScenario {

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
        beforeAnswer = () -> assertThat(told).containsExactly(connections);

        connections.register(session, connection);

        assertThat(asked).containsExactly("byId");
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
        beforeAnswer = this::revoke;

        connections.register(session, connection);

        assertThat(connection.closed).isEqualTo(1);
    }

    @Test
    void aRevocationAfterTheStoreWasAskedIsNotOverlooked() {
        afterAnswer = this::revoke;

        connections.register(session, connection);

        assertThat(connection.closed).isEqualTo(1);
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

    /** Its end by a timeout would go unnoticed. */
    @Test
    void whereNobodyWouldLookAfterAConnectionItIsNotRegistered() {
        scheduler.failsOnce = true;

        assertThatThrownBy(() -> connections.register(session, connection)).isInstanceOf(OutOfMemoryError.class);

        assertThat(connections.size()).isZero();
    }
}
