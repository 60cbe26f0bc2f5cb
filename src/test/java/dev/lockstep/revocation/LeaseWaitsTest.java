package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.SettledBy;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Waits whose clock, and whose every thread, is moved by hand. */
class LeaseWaitsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LONG_LEASE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final String OWN = "this-1";

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler timer = new HandScheduler(clock);
    private final HandScheduler reading = new HandScheduler(clock);
    private final HandScheduler housekeeping = new HandScheduler(clock);
    private final LeaseWaits room = new LeaseWaits(
            log,
            OWN::equals,
            PAUSE,
            clock,
            new NodeThreads(new HandScheduler(clock), timer, reading, new HandScheduler(clock), housekeeping),
            NodeListener.NONE);
    private long sessions;

    @Test
    void theClockEndsAWaitWhileReadingsAndHousekeepingHang() {
        store.register("dead", "a dead node", LEASE);
        LeaseWait wait = enter();

        timer.advance(Duration.ofMillis(2_499));
        assertThat(wait.over()).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void theClockEndsEachWaitAtItsOwnTimeInWhateverOrderTheyCame() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait longer = enter();
        store.remove(List.of("slow"));
        store.register("dead", "a dead node", LEASE);
        timer.advance(Duration.ofSeconds(1));
        LeaseWait shorter = enter();

        timer.advance(Duration.ofMillis(2_499));
        assertThat(shorter.over()).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(shorter.over()).isCompleted();
        timer.advance(Duration.ofMillis(21_499));
        assertThat(longer.over()).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(longer.over()).isCompleted();
    }

    @Test
    void theRowsBehindTheCommitAreEnoughToEndAWait() {
        store.register("gone", "a node", LEASE);
        store.remove(List.of("gone"));

        assertThat(enter().over()).isCompleted();
        assertThat(log.readings).isZero();
    }

    @Test
    void thoseWhoWaitSeeWhatChangesAfterThePause() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        reading.advance(PAUSE);
        assertThat(wait.over()).isNotDone();

        store.acknowledge("slow", wait.commit().upTo());
        reading.advance(PAUSE);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void nobodyReadsWhereNobodyWaits() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        wait.acknowledged("slow");

        reading.advance(PAUSE.multipliedBy(3));

        assertThat(log.readings).isLessThanOrEqualTo(1);
        assertThat(reading.waiting()).isZero();
    }

    @Test
    void aReadingUnderWayDoesNotCountForThoseWhoComeMeanwhile() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait first = enter();
        LeaseWait[] second = new LeaseWait[1];
        store.acknowledge("slow", first.commit().upTo());
        log.duringReading = () -> {
            log.duringReading = () -> {};
            store.remove(List.of("slow"));
            store.register("new", "another slow node", LONG_LEASE);
            second[0] = enter();
        };

        reading.advance(PAUSE);
        assertThat(first.over()).isCompleted();
        assertThat(second[0].over()).isNotDone();

        reading.advance(PAUSE);
        assertThat(second[0].over()).isNotDone();
    }

    @Test
    void aNodeThatHasReachedALowerPlaceHasNotReachedAHigherOne() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait first = enter();
        LeaseWait second = enter();
        store.acknowledge("slow", first.commit().upTo());

        reading.advance(PAUSE);

        assertThat(first.over()).isCompleted();
        assertThat(second.over()).isNotDone();
    }

    @Test
    void aReadingThatSomeShareTellsEachWhatItWaitsFor() {
        store.register("ended", "a node that ends", LONG_LEASE);
        LeaseWait first = enter();
        store.remove(List.of("ended"));
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait second = enter();
        store.acknowledge("slow", second.commit().upTo());

        reading.advance(PAUSE);

        assertThat(log.readings).isEqualTo(1);
        assertThat(first.over()).isCompleted();
        assertThat(first.settledBy()).isEqualTo(SettledBy.GONE);
        assertThat(second.over()).isCompleted();
        assertThat(second.settledBy()).isEqualTo(SettledBy.APPLIED);
    }

    @Test
    void rowsThatCannotBeReadAreNotGone() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        log.down = true;

        reading.advance(Duration.ofSeconds(1));

        assertThat(wait.over()).isNotDone();
    }

    @Test
    void readingsGoOnWhateverOneOfThemThrows() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        log.breaksOnce = new OutOfMemoryError("a failure of a test");

        reading.advance(PAUSE);
        store.acknowledge("slow", wait.commit().upTo());
        reading.advance(PAUSE);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aWaitFailsWhoseCommitIsOfAnotherHistoryThanTheStoreNow() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        store.startEpoch(wait.commit().upTo());
        LeaseWait ofTheNewEpoch = enter();

        reading.advance(PAUSE);

        assertHistoryChanged(wait);
        assertThat(ofTheNewEpoch.over()).isNotDone();
    }

    @Test
    void aWaitFailsWhoseCommitLiesBeyondWhereTheStoreIsNow() {
        store.register("slow", "a slow node", LONG_LEASE);
        NaiveStore.Backup backup = store.backup();
        LeaseWait wait = enter();
        store.restore(backup);

        reading.advance(PAUSE);

        assertHistoryChanged(wait);
    }

    @Test
    void aWaitFailsWhoseOwnRowsAreOfAnotherHistory() {
        Committed<List<Revoked>> committed = commit();
        LogPosition upTo = committed.outcome().get(0).upTo();
        store.startEpoch(upTo);

        assertHistoryChanged(room.enter(new Commit(upTo, store.nodes(), Lease.Start.now(clock)), true));
    }

    @Test
    void nodesWithoutALeaseAreNotWaitedForWhetherOthersAreOrNot() {
        store.register("careful", "a node without a lease", Duration.ZERO);
        assertThat(enter().over()).isCompleted();

        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait wait = enter();
        assertThat(wait.awaited()).containsExactly("slow");
        wait.acknowledged("slow");
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void theNodesOwnRowIsNotWaitedFor() {
        store.register(OWN, "this node", LONG_LEASE);

        assertThat(enter().over()).isCompleted();
    }

    @Test
    void theNodesOwnRowIsWaitedForWhereItMayLackSomethingOfWhatWasRevoked() {
        store.register(OWN, "this node", LONG_LEASE);
        Committed<List<Revoked>> committed = commit();
        LogPosition upTo = committed.outcome().get(0).upTo();

        LeaseWait wait = room.enter(new Commit(upTo, committed.nodes(), Lease.Start.now(clock)), false);
        assertThat(wait.over()).isNotDone();
        wait.acknowledged(OWN);
        assertThat(wait.over()).isNotDone();
        store.acknowledge(OWN, upTo);
        reading.advance(PAUSE);

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aNodeThatWasWaitedOutIsFencedAndItsRowKeptForItsOwnLeaseAndAQuarterMore() {
        store.register("short", "a node with a short lease", LEASE);
        store.register("long", "a node with a long lease", LONG_LEASE);
        enter();

        timer.advance(Duration.ofSeconds(25));
        assertThat(store.nodes().rows()).noneMatch(NodeRow::fenced);
        housekeeping.run();
        assertThat(store.nodes().rows()).hasSize(2).allMatch(NodeRow::fenced);

        housekeeping.advance(Duration.ofMillis(2_499));
        assertThat(store.nodes().rows()).hasSize(2);
        housekeeping.advance(Duration.ofMillis(1));
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("long");
        housekeeping.advance(Duration.ofMillis(22_499));
        assertThat(store.nodes().rows()).hasSize(1);
        housekeeping.advance(Duration.ofMillis(1));
        assertThat(store.nodes().rows()).isEmpty();
    }

    @Test
    void nodesThatWereWaitedOutTogetherAreKeptForTheirOwnLeasesEach() {
        store.register("short", "a node with a short lease", LEASE);
        store.register("long", "a node with a long lease", LONG_LEASE);
        enter();
        clock.advance(Duration.ofSeconds(25));

        try (CapturedLog log = new CapturedLog(Fencing.class.getName())) {
            timer.run();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0204 ")
                    .containsPattern(" waitedOut=a node with a (short|long) lease,a node with a (short|long) lease$");
        }
        housekeeping.run();
        housekeeping.advance(Duration.ofMillis(2_500));
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("long");
        housekeeping.advance(Duration.ofMillis(22_499));
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("long");
    }

    @Test
    void theRowOfANodeThatCouldNotBeFencedIsKept() {
        store.register("dead", "a dead node", LEASE);
        enter();
        timer.advance(LEASE.multipliedBy(2));
        log.down = true;
        housekeeping.run();
        log.down = false;

        housekeeping.advance(LONG_LEASE);

        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("dead");
    }

    @Test
    void aNodeThatConfirmedIsNotFenced() {
        store.register("quick", "a quick node", LEASE);
        enter().acknowledged("quick");

        timer.advance(LONG_LEASE);
        housekeeping.run();

        assertThat(store.nodes().rows()).noneMatch(NodeRow::fenced);
    }

    @Test
    void allWhoWaitAreToldWhenTheRoomIsClosed() {
        store.register("slow", "a slow node", LONG_LEASE);
        LeaseWait before = enter();
        room.close();
        LeaseWait after = enter();

        assertFailed(before, "LOCKSTEP-0213");
        assertFailed(after, "LOCKSTEP-0213");
    }

    @Test
    void thoseWhoseWaitIsOverAndNotConfirmedYetAreToldTooWhenTheRoomIsClosed() {
        store.register("slow", "a slow node", LEASE);
        LeaseWait wait = enter();
        var confirmed = room.confirmed(wait);
        clock.advance(LONG_LEASE);
        wait.acknowledged("slow");
        assertThat(wait.over()).isCompleted();
        assertThat(confirmed).isNotDone();

        room.close();

        assertThat(confirmed).isCompletedExceptionally();
        assertThatThrownBy(confirmed::get).hasMessageContaining("LOCKSTEP-0213");
    }

    @Test
    void aLogoutThatBreaksWhereItIsToBeConfirmedFailsAndDoesNotHang() {
        store.register("slow", "a slow node", LEASE);
        LeaseWait wait = enter();
        var confirmed = room.confirmed(wait);
        clock.breakWallOnce(new OutOfMemoryError("a failure of a test"));

        wait.acknowledged("slow");

        assertThat(confirmed).isCompletedExceptionally();
        assertThatThrownBy(confirmed::get).hasMessageContaining("LOCKSTEP-0205");
    }

    private static void assertHistoryChanged(LeaseWait wait) {
        assertFailed(wait, "LOCKSTEP-0216");
    }

    private static void assertFailed(LeaseWait wait, String number) {
        assertThat(wait.over()).isCompletedExceptionally();
        assertThatThrownBy(wait.over()::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining(number);
    }

    private LeaseWait enter() {
        Lease.Start sent = Lease.Start.now(clock);
        Committed<List<Revoked>> committed = commit();
        return room.enter(new Commit(committed.outcome().get(0).upTo(), committed.nodes(), sent), true);
    }

    private Committed<List<Revoked>> commit() {
        sessions++;
        return store.commitRevocations(List.of(new OfToken(open(store, sessions).digest())));
    }
}
