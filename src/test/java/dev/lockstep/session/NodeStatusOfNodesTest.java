package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.SessionManager;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.monitoring.NodeSnapshot;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of a node, each caused by a real one. */
class NodeStatusOfNodesTest extends NodeScenario {

    private final NodeStatus status = new NodeStatus("test", "node of a test", "memory", NodeClock.SYSTEM);

    @BeforeEach
    void listen() {
        observer = status;
    }

    @Test
    void aNodeThatPollsHoldsALeaseAndKnowsItsPlaceInTheLog() {
        SessionManager sessions = node(new NaiveCache(), null, LEASE);
        sessions.revoke(openOnceLeased(sessions).token());
        await().until(() -> status.now().log().applied().position() > 0);

        NodeSnapshot now = status.now();

        assertThat(now.lease().left()).isPositive().isLessThanOrEqualTo(LEASE);
        assertThat(now.log().polledSince()).isNotNull();
        assertThat(now.log().head()).isEqualTo(now.log().applied());
        assertThat(now.log().behind()).isZero();
        assertThat(now.log().facts()).isEqualTo(1);
        assertThat(now.store().answeredSince()).isNotNull();
        assertThat(now.store().failedSince()).isNull();
        assertThat(now.revocations().took()).isNotNull();
        assertThat(now.nodes()).isEqualTo(1);
    }

    @Test
    void aNodeThatEndsHoldsNone() {
        node(null, null, LEASE);
        await().until(() -> status.lease().isHeld());

        close();

        assertThat(status.lease().isHeld()).isFalse();
        assertThat(status.lease().lostSince()).isNotNull();
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsNamed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().register("dead", "a dead node", Duration.ofMillis(100));

        sessions.revoke(issued.token());

        await().until(() -> status.now().revocations().waitedOut() != null);
        assertThat(status.now().revocations().waitedOut().nodeName()).isEqualTo("a dead node");
        assertThat(status.now().nodes()).isEqualTo(2);
    }

    @Test
    void aNodeThatALogoutIsWaitingForIsNamedUntilItsLeaseIsOver() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().register("silent", "a silent node", Duration.ofMinutes(1));

        CompletionStage<RevocationOutcome> revoking = sessions.revokeAsync(issued.token());
        await().until(() -> !status.now().revocations().awaited().isEmpty());

        assertThat(status.now().revocations().awaited()).singleElement().satisfies(awaited -> {
            assertThat(awaited.nodeName()).isEqualTo("a silent node");
            assertThat(awaited.commits()).isEqualTo(1);
            assertThat(awaited.left().plus(awaited.since())).isEqualTo(Duration.ofSeconds(75));
        });

        close();
        await().until(revoking.toCompletableFuture()::isCompletedExceptionally);
        assertThat(status.now().revocations().awaited()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoticed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.onceAfterRead = () -> {
            throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        };

        assertThatThrownBy(() -> sessions.find(issued.token())).isInstanceOf(StoreUnavailableException.class);

        assertThat(status.now().store().failedSince()).isNotNull();
    }
}
