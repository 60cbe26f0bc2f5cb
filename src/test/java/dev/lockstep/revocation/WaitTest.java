package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LogPosition;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final long EPOCH = 7;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Wait wait = new Wait(new LogPosition(EPOCH, 10), 0);

    @Test
    void nothingIsOverBeforeTheRowsWereRead() {
        wait.acknowledged("b");

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void withoutOtherNodesItIsOverAtOnce() {
        wait.read(List.of(), 1);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void anAcknowledgementEndsIt() {
        wait.read(List.of(row("b", SHORT, 9)), 1);
        assertThat(wait.over()).isNotDone();

        wait.acknowledged("b");

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void anAcknowledgementThatCameBeforeTheRowsCounts() {
        wait.acknowledged("b");

        wait.read(List.of(row("b", SHORT, 9)), 1);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void everyNodeIsWaitedFor() {
        wait.read(List.of(row("b", SHORT, 9), row("c", SHORT, 9)), 1);

        wait.acknowledged("b");

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void aNodeThatHasAppliedTheRevocationIsNotWaitedFor() {
        wait.read(List.of(row("b", SHORT, 9)), 1);
        wait.read(List.of(row("b", SHORT, 10)), 2);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void whatWasAppliedInAnotherEpochDoesNotCount() {
        wait.read(List.of(new NodeRow("b", "b", SHORT, new LogPosition(EPOCH + 1, 99), false)), 1);

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void aNodeWhoseRowIsGoneIsNotWaitedFor() {
        wait.read(List.of(row("b", SHORT, 9)), 1);
        wait.read(List.of(), 2);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aNodeThatCameLaterIsNotWaitedFor() {
        wait.read(List.of(row("b", SHORT, 9)), 1);
        wait.read(List.of(row("c", SHORT, 9)), 2);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void eachNodeIsWaitedForByItsOwnLeaseAndAQuarter() {
        wait.read(List.of(row("b", SHORT, 9), row("c", LONG, 9)), 1);

        assertThat(wait.elapse(Duration.ofMillis(2_499).toNanos())).isEmpty();
        assertThat(wait.elapse(Duration.ofMillis(2_500).toNanos()))
                .extracting(NodeRow::id)
                .containsExactly("b");
        assertThat(wait.over()).isNotDone();
        assertThat(wait.elapse(Duration.ofSeconds(25).toNanos()))
                .extracting(NodeRow::id)
                .containsExactly("c");
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aFencedNodeIsWaitedForToo() {
        wait.read(List.of(new NodeRow("b", "b", SHORT, new LogPosition(EPOCH, 9), true)), 1);

        assertThat(wait.over()).isNotDone();
    }

    private static NodeRow row(String id, Duration lease, long applied) {
        return new NodeRow(id, id, lease, new LogPosition(EPOCH, applied), false);
    }
}
