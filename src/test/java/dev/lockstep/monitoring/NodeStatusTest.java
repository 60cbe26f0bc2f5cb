package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.monitoring.NodeSnapshot.AwaitedNode;
import dev.lockstep.monitoring.NodeSnapshot.BreakerState;
import dev.lockstep.monitoring.NodeSnapshot.CanaryState;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener.LeaseEnd;
import dev.lockstep.spi.NodeListener.QueueExit;
import dev.lockstep.spi.NodeListener.SettledBy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

    private final HandClock clock = new HandClock();
    private final NodeStatus status = new NodeStatus("shop", "node 1", "redis", clock);

    @Test
    void canariesAreKeptByTheAgeOfTheLastProofAndOfTheLastFailure() {
        assertThat(status.now().canary()).isEqualTo(new CanaryState(null, null, null));
        status.canaryProved(3);
        clock.advance(Duration.ofSeconds(2));
        status.canaryFailed("another node");
        clock.advance(Duration.ofSeconds(1));

        assertThat(status.now().canary())
                .isEqualTo(new CanaryState(Duration.ofSeconds(3), Duration.ofSeconds(1), "another node"));
    }

    @Test
    void whatHasNotHappenedHasNoAge() {
        NodeSnapshot now = status.now();

        assertThat(now.lease().left()).isNull();
        assertThat(now.lease().lostSince()).isNull();
        assertThat(now.log().polledSince()).isNull();
        assertThat(now.log().failedSince()).isNull();
        assertThat(now.revocations().waitedOut()).isNull();
        assertThat(now.queues()).isEmpty();
        assertThat(now.nodes()).isZero();
    }

    @Test
    void aLeaseRunsOutByEitherClock() {
        status.leaseGranted(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(4));
        assertThat(status.lease().left()).isEqualTo(Duration.ofSeconds(6));

        clock.sleep(Duration.ofSeconds(5));
        assertThat(status.lease().left()).isEqualTo(Duration.ofSeconds(1));

        clock.sleep(Duration.ofSeconds(1));
        assertThat(status.lease().isHeld()).isFalse();
    }

    @Test
    void aLeaseThatIsLostIsGoneAtOnce() {
        status.leaseGranted(Duration.ofSeconds(10));
        status.leaseLost(LeaseEnd.WITHDRAWN);
        clock.advance(Duration.ofSeconds(3));

        assertThat(status.lease().isHeld()).isFalse();
        assertThat(status.lease().lostSince()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aNodeIsBehindUntilItHasReadTheLogToItsEnd() {
        status.logRead(new LogPosition(1, 1000), new LogPosition(1, 2500));
        assertThat(status.now().log().behind()).isEqualTo(1500);

        status.logRead(new LogPosition(1, 2500), new LogPosition(1, 2500));
        status.polled(new LogPosition(1, 2500), 40, 7, Duration.ZERO);
        clock.advance(Duration.ofSeconds(2));

        assertThat(status.now().log().behind()).isZero();
        assertThat(status.now().log().floor()).isEqualTo(40);
        assertThat(status.now().log().facts()).isEqualTo(7);
        assertThat(status.now().log().polledSince()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aPollThatFailsHasItsOwnAge() {
        status.pollFailed(new IllegalStateException("down for a test"));
        clock.advance(Duration.ofSeconds(2));

        assertThat(status.now().log().failedSince()).isEqualTo(Duration.ofSeconds(2));
        assertThat(status.now().log().polledSince()).isNull();
    }

    @Test
    void aBreakerIsOpenForReadsOrForWritesAlone() {
        assertThat(status.now().breaker()).isEqualTo(BreakerState.CLOSED);

        status.breaker("redis", false, true);
        assertThat(status.now().breaker()).isEqualTo(BreakerState.READ_ONLY);

        status.breaker("redis", true, true);
        status.breaker("redis", false, false);
        assertThat(status.now().breaker()).isEqualTo(BreakerState.OPEN);

        status.breaker("redis", true, false);
        assertThat(status.now().breakers()).containsOnlyKeys("redis").containsValue(BreakerState.CLOSED);
    }

    @Test
    void aQueueIsAsLongAsCallsWaitInIt() {
        status.storeQueued("reads");
        status.storeQueued("reads");
        status.storeQueued("feed");
        status.storeDequeued("reads", Duration.ZERO, QueueExit.BEGUN);
        assertThat(status.now().queues()).containsEntry("reads", 1).containsEntry("feed", 1);
        assertThat(status.now().queued()).isEqualTo(2);
        assertThat(status.now().store().refusedSince()).isNull();

        status.storeDequeued("feed", Duration.ZERO, QueueExit.REFUSED);
        status.storeTimedOut("reads");
        clock.advance(Duration.ofSeconds(1));

        assertThat(status.now().store().refusedSince()).isEqualTo(Duration.ofSeconds(1));
        assertThat(status.now().store().timedOutSince()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void acknowledgementsAreMissingUntilANodeAcknowledges() {
        status.nodeSettled("node 2", SettledBy.APPLIED, Duration.ZERO);
        assertThat(status.now().channel().missing()).isZero();

        status.pushed(2);
        status.nodeSettled("node 2", SettledBy.APPLIED, Duration.ZERO);
        status.nodeSettled("node 3", SettledBy.WAITED_OUT, Duration.ofSeconds(5));
        status.nodeSettled("node 4", SettledBy.GONE, Duration.ZERO);
        assertThat(status.now().channel().missing()).isEqualTo(2);

        status.nodeSettled("node 2", SettledBy.ACKNOWLEDGED, Duration.ZERO);
        status.pushReceived(true);
        clock.advance(Duration.ofSeconds(1));

        assertThat(status.now().channel().missing()).isZero();
        assertThat(status.now().channel().pushedSince()).isEqualTo(Duration.ofSeconds(1));
        assertThat(status.now().channel().acknowledgedSince()).isEqualTo(Duration.ofSeconds(1));
        assertThat(status.now().channel().receivedSince()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aChannelIsWhatWasOpenedAndUpWhileItSaysSo() {
        assertThat(channel()).isEqualTo("none false false");

        status.channelOpened("postgresql", true);
        assertThat(channel()).isEqualTo("postgresql true false");

        status.channel(true);
        assertThat(channel()).isEqualTo("postgresql true true");

        status.channel(false);
        assertThat(channel()).isEqualTo("postgresql true false");
    }

    private String channel() {
        NodeSnapshot.ChannelState channel = status.now().channel();
        return channel.name() + " " + channel.pokes() + " " + channel.up();
    }

    @Test
    void aNodeThatWasWaitedOutIsRemembered() {
        status.nodeSettled("node 3", SettledBy.WAITED_OUT, Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(2));

        NodeSnapshot.WaitedOut waitedOut = status.now().revocations().waitedOut();
        assertThat(waitedOut)
                .isEqualTo(new NodeSnapshot.WaitedOut("node 3", Duration.ofSeconds(2), Duration.ofSeconds(6), false));
        status.fenced("node 2");
        assertThat(status.now().revocations().waitedOut().fenced()).isFalse();

        status.fenced("node 3");
        assertThat(status.now().revocations().waitedOut().fenced()).isTrue();
    }

    @Test
    void aNodeIsAwaitedUntilEachOfItsWaitsHasEnded() {
        status.nodeAwaited("node 3", Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(2));
        status.nodeAwaited("node 3", Duration.ofSeconds(6));
        status.nodeAwaited("node 2", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));
        assertThat(status.now().revocations().awaited())
                .containsExactly(
                        new AwaitedNode("node 2", 1, Duration.ofSeconds(2), Duration.ZERO),
                        new AwaitedNode("node 3", 2, Duration.ofSeconds(4), Duration.ofSeconds(2)));

        status.nodeUnsettled("node 2");
        status.nodeSettled("node 3", SettledBy.WAITED_OUT, Duration.ofSeconds(6));
        assertThat(status.now().revocations().awaited())
                .containsExactly(new AwaitedNode("node 3", 1, Duration.ofSeconds(2), Duration.ofSeconds(4)));

        status.nodeSettled("node 3", SettledBy.ACKNOWLEDGED, Duration.ofSeconds(2));
        status.nodeSettled("node 3", SettledBy.ACKNOWLEDGED, Duration.ofSeconds(2));
        assertThat(status.now().revocations().awaited()).isEmpty();
    }

    @Test
    void logoutsThatFailAreNotTimed() {
        status.revoked(Duration.ofMillis(7), null);
        status.revoked(Duration.ofMillis(900), new IllegalStateException("down for a test"));
        clock.advance(Duration.ofSeconds(2));

        assertThat(status.now().revocations().took()).isEqualTo(Duration.ofMillis(7));
        assertThat(status.now().revocations().tookSince()).isEqualTo(Duration.ofSeconds(2));
        assertThat(status.now().revocations().failedSince()).isEqualTo(Duration.ofSeconds(2));
    }
}
