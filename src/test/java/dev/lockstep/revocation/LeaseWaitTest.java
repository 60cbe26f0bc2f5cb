package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.SettledBy;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseWaitTest {

    private static final long EPOCH = 7;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HandClock clock = new HandClock();
    private final RecordedNodeEvents told = new RecordedNodeEvents();

    @Test
    void withoutOtherNodesItIsOverAtOnce() {
        assertThat(waitFor().over()).isCompleted();
    }

    @Test
    void anAcknowledgementEndsIt() {
        LeaseWait wait = waitFor(row("b", SHORT, 9));
        assertThat(wait.over()).isNotDone();

        wait.acknowledged("b");

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void anAcknowledgementSaysNothingWhereThePushWasNotAllThatANodeMustKnow() {
        LeaseWait wait = wait(false, row("b", SHORT, 9));

        wait.acknowledged("b");
        assertThat(wait.over()).isNotDone();

        wait.read(rows(row("b", SHORT, 10)));
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void everyNodeIsWaitedFor() {
        LeaseWait wait = waitFor(row("b", SHORT, 9), row("c", SHORT, 9));

        wait.acknowledged("b");

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void aNodeThatHasAppliedTheRevocationIsNotWaitedFor() {
        assertThat(waitFor(row("b", SHORT, 10)).over()).isCompleted();

        LeaseWait wait = waitFor(row("b", SHORT, 9));
        wait.read(rows(row("b", SHORT, 10)));
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void whatWasAppliedInAnotherEpochDoesNotCount() {
        LeaseWait wait = waitFor(new NodeRow("b", "b", SHORT, new LogPosition(EPOCH + 1, 99), false));

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void aNodeWhoseRowIsGoneIsNotWaitedFor() {
        LeaseWait wait = waitFor(row("b", SHORT, 9));
        wait.read(rows());

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aReadingTellsANodeThatHasAppliedTheRevocationFromOneThatIsGone() {
        LeaseWait applied = waitFor(row("b", SHORT, 9));
        applied.read(rows(row("a", SHORT, 9), row("b", SHORT, 11)));
        assertThat(applied.settledBy()).isEqualTo(SettledBy.APPLIED);

        LeaseWait gone = waitFor(row("b", SHORT, 9));
        gone.read(rows(row("a", SHORT, 11)));
        assertThat(gone.settledBy()).isEqualTo(SettledBy.GONE);
    }

    @Test
    void aNodeThatCameLaterIsNotWaitedFor() {
        LeaseWait wait = waitFor(row("b", SHORT, 9));
        wait.read(rows(row("c", SHORT, 9)));

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void eachNodeIsWaitedForByItsOwnLeaseAndAQuarter() {
        LeaseWait wait = waitFor(row("b", SHORT, 9), row("c", LONG, 9));

        assertThat(wait.nextEnd()).hasValue(after(Duration.ofMillis(2_500)));
        assertThat(wait.elapse(after(Duration.ofMillis(2_499)))).isEmpty();
        assertThat(wait.elapse(after(Duration.ofMillis(2_500))))
                .extracting(NodeRow::id)
                .containsExactly("b");
        assertThat(wait.over()).isNotDone();
        assertThat(wait.nextEnd()).hasValue(after(Duration.ofSeconds(25)));
        assertThat(wait.elapse(after(Duration.ofSeconds(25))))
                .extracting(NodeRow::id)
                .containsExactly("c");
        assertThat(wait.over()).isCompleted();
        assertThat(wait.nextEnd()).isEmpty();
    }

    @Test
    void theTimeIsCountedFromBehindTheCommitHoweverLongThatTook() {
        Commit commit = new Commit(place(10), rows(row("b", SHORT, 9)), Lease.Start.now(clock));
        clock.advance(LONG);

        LeaseWait wait = new LeaseWait(commit, commit.nodes().rows(), true, clock, NodeListener.NONE);

        assertThat(wait.nextEnd()).hasValue(after(Duration.ofMillis(2_500)));
    }

    @Test
    void eachNodeIsToldOnceByWhatSettledIt() {
        LeaseWait wait = waitFor(row("a", SHORT, 10), row("b", SHORT, 9), row("c", LONG, 9), row("d", LONG, 9));
        assertThat(wait.acknowledging()).isEqualTo(3);
        assertThat(wait.awaited()).containsExactlyInAnyOrder("b", "c", "d");

        wait.acknowledged("b");
        wait.acknowledged("b");
        wait.read(rows(row("c", LONG, 9)));
        wait.elapse(after(Duration.ofSeconds(25)));

        assertThat(told.of("nodeAwaited"))
                .containsExactly("nodeAwaited a", "nodeAwaited b", "nodeAwaited c", "nodeAwaited d");
        assertThat(told.of("nodeSettled", "nodeUnsettled"))
                .containsExactly(
                        "nodeSettled a APPLIED",
                        "nodeSettled b ACKNOWLEDGED",
                        "nodeSettled d GONE",
                        "nodeSettled c WAITED_OUT");
        assertThat(wait.settledBy()).isEqualTo(SettledBy.WAITED_OUT);
    }

    @Test
    void aNodeIsAwaitedForItsOwnLeaseAndAQuarterAtMost() {
        List<Duration> atMost = new ArrayList<>();
        NodeListener listener = new NodeListener() {
            @Override
            public void nodeAwaited(String nodeName, Duration longest) {
                atMost.add(longest);
            }
        };
        var unused = wait(listener, true, row("b", SHORT, 9), row("c", LONG, 9));

        assertThat(atMost).containsExactlyInAnyOrder(Duration.ofMillis(2_500), Duration.ofSeconds(25));
    }

    @Test
    void itIsOverWhateverAListenerThrowsThatIsToldOfItsLastNode() {
        NodeListener listener = new NodeListener() {
            @Override
            public void nodeSettled(String nodeName, SettledBy how, Duration elapsed) {
                throw new IllegalStateException(nodeName);
            }
        };
        LeaseWait wait = wait(listener, true, row("b", SHORT, 9), row("c", SHORT, 9));

        assertThatThrownBy(() -> wait.acknowledged("b")).hasMessage("b");
        assertThat(wait.over()).isNotDone();
        assertThatThrownBy(() -> wait.acknowledged("c")).hasMessage("c");
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aWaitThatFailsGivesUpItsNodesOnceAndSettlesNoneOfThemLater() {
        LeaseWait wait = waitFor(row("a", SHORT, 9), row("b", SHORT, 9), row("c", LONG, 9));
        wait.acknowledged("a");
        told.take();

        wait.fail(LeaseWait.ended());
        wait.fail(LeaseWait.historyChanged());
        wait.acknowledged("b");
        assertThat(wait.elapse(after(Duration.ofSeconds(25)))).isEmpty();

        assertThat(told.take()).containsExactlyInAnyOrder("nodeUnsettled b", "nodeUnsettled c");
        assertThat(wait.over()).isCompletedExceptionally();
    }

    @Test
    void anotherHistoryGivesUpTheNodes() {
        LeaseWait wait = waitFor(row("b", SHORT, 9));
        told.take();

        wait.read(new NodeRows(new LogPosition(EPOCH + 1, 0), List.of()));

        assertThat(wait.over()).isCompletedExceptionally();
        assertThat(told.take()).containsExactly("nodeUnsettled b");
    }

    @Test
    void aFencedNodeIsWaitedForToo() {
        LeaseWait wait = waitFor(new NodeRow("b", "b", SHORT, place(9), true));

        assertThat(wait.over()).isNotDone();
    }

    private long after(Duration time) {
        return clock.nanoTime() + time.toNanos();
    }

    private LeaseWait waitFor(NodeRow... rows) {
        return wait(true, rows);
    }

    private LeaseWait wait(boolean acknowledgementsCount, NodeRow... rows) {
        return wait(told.listener(), acknowledgementsCount, rows);
    }

    private LeaseWait wait(NodeListener listener, boolean acknowledgementsCount, NodeRow... rows) {
        Commit commit = new Commit(place(10), rows(rows), Lease.Start.now(clock));
        return new LeaseWait(commit, List.of(rows), acknowledgementsCount, clock, listener);
    }

    private static NodeRows rows(NodeRow... rows) {
        return new NodeRows(place(10), List.of(rows));
    }

    private static LogPosition place(long position) {
        return new LogPosition(EPOCH, position);
    }

    private static NodeRow row(String id, Duration lease, long applied) {
        return new NodeRow(id, id, lease, place(applied), false);
    }
}
