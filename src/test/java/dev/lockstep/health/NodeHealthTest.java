package dev.lockstep.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.health.NodeHealth.Answer;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.spi.LogPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

    private final HandClock clock = new HandClock();
    private final NodeStatus status = new NodeStatus("shop", "node 1", "redis", clock);
    private final AtomicInteger asked = new AtomicInteger();
    private boolean answers;
    private final NodeHealth health = new NodeHealth(status, () -> {
        asked.incrementAndGet();
        return answers;
    });

    @Test
    void aNodeThatHoldsALeaseIsReadyAndTheStoreIsNotAsked() {
        status.leaseGranted(Duration.ofSeconds(2));

        assertThat(health.ready().ready()).isTrue();
        assertThat(health.ready().data())
                .containsEntry("leaseLeftMillis", 2000L)
                .doesNotContainKey("store");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aNodeWithoutALeaseIsReadyWhileTheStoreAnswers() {
        status.leaseGranted(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(2));
        answers = true;

        assertThat(health.ready().ready()).isTrue();
        assertThat(health.ready().data()).containsEntry("leaseLeftMillis", 0L).containsEntry("store", "answers");
    }

    @Test
    void aNodeWithNeitherIsNotReady() {
        Answer answer = health.ready();

        assertThat(answer.ready()).isFalse();
        assertThat(answer.data()).containsEntry("store", "does not answer");
    }

    /** For people to see: a node that breaks the promise should be looked at, not restarted. */
    @Test
    void canariesAreToldOnceThereAreSome() {
        status.leaseGranted(Duration.ofSeconds(20));
        assertThat(health.ready().data()).doesNotContainKeys("canaryProvedAgeMillis", "canaryFailedAgeMillis");
        status.canaryProved(2);
        status.canaryFailed("another node");
        clock.advance(Duration.ofSeconds(3));

        assertThat(health.ready().ready()).isTrue();
        assertThat(health.ready().data())
                .containsEntry("canaryProvedAgeMillis", 3000L)
                .containsEntry("canaryFailedAgeMillis", 3000L);
    }

    @Test
    void theDataAreWhatTheNodeIs() {
        status.leaseGranted(Duration.ofSeconds(2));
        status.logRead(new LogPosition(1, 5), new LogPosition(1, 9));
        status.polled(new LogPosition(1, 5), 0, 0, Duration.ZERO);
        status.nodesListed(3);
        status.breaker("redis", false, true);
        status.storeQueued("reads");
        clock.advance(Duration.ofMillis(500));

        assertThat(health.ready().data())
                .containsEntry("application", "shop")
                .containsEntry("leaseLeftMillis", 1500L)
                .containsEntry("pollAgeMillis", 500L)
                .containsEntry("logPosition", 5L)
                .containsEntry("logBehind", 4L)
                .containsEntry("nodes", 3L)
                .containsEntry("cache", "redis")
                .containsEntry("cacheBreaker", "read-only")
                .containsEntry("acknowledgementsMissing", 0L)
                .containsEntry("storeQueue", 1L);
    }

    @Test
    void aCacheThatIsAwayLeavesTheNodeReady() {
        status.leaseGranted(Duration.ofSeconds(2));
        status.breaker("redis", true, true);

        assertThat(health.ready().ready()).isTrue();
        assertThat(health.ready().data()).containsEntry("cacheBreaker", "open");
    }
}
