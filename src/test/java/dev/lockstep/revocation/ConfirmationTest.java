package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the end of a wait is taken for the end of a logout. */
class ConfirmationTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    /**
     * So long that the two leases for which a restored database is closed are not over, though
     * clocks run slower by a quarter.
     */
    private static final Duration IN_TIME = LEASE.multipliedBy(8).dividedBy(5);

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler timer = new HandScheduler(clock);
    private final HandScheduler reading = new HandScheduler(clock);
    private final LeaseWaits room = new LeaseWaits(
            log,
            id -> false,
            Duration.ofMillis(25),
            clock,
            new NodeThreads(timer, timer, reading, timer, timer),
            NodeListener.NONE);
    private final Lease.Start sent = Lease.Start.now(clock);
    private NodeRows nodes;
    private LogPosition upTo;

    @BeforeEach
    void commit() {
        store.register("slow", "a slow node", LEASE);
        nodes = store.nodes();
        upTo = nodes.head();
    }

    @Test
    void asLongAsARestoredDatabaseIsKeptClosedNothingIsRead() {
        clock.advance(IN_TIME);
        log.down = true;

        assertThat(confirmed()).isCompleted();
    }

    @Test
    void laterTheStoreIsAskedWhetherTheCommitIsThere() {
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> confirmed = confirmed();
        assertThat(confirmed).isNotDone();

        reading.advance(Duration.ZERO);

        assertThat(confirmed).isCompleted();
    }

    @Test
    void aMachineThatWasSuspendedAsksThoughItsMonotonicClockStoodStill() {
        clock.sleep(IN_TIME.plusMillis(1));

        assertThat(confirmed()).isNotDone();
    }

    @Test
    void aCommitOfAnotherHistoryFails() {
        store.startEpoch(upTo);
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> confirmed = confirmed();

        reading.advance(Duration.ZERO);

        assertFailed(confirmed, "LOCKSTEP-0216");
    }

    @Test
    void aStoreThatCannotBeReadConfirmsNothing() {
        clock.advance(IN_TIME.plusMillis(1));
        log.down = true;
        CompletableFuture<Void> confirmed = confirmed();

        reading.advance(Duration.ZERO);

        assertFailed(confirmed, "LOCKSTEP-0221");
    }

    @Test
    void aReadingThatCouldNotBeArrangedFailsAtOnceAndIsArrangedByTheNext() {
        clock.advance(IN_TIME.plusMillis(1));
        LeaseWait wait = over();
        reading.failsOnce = true;
        CompletableFuture<Void> first = room.confirmed(wait);
        CompletableFuture<Void> second = confirmed();

        reading.advance(Duration.ZERO);

        assertFailed(first, "LOCKSTEP-0221");
        assertThat(second).isCompleted();
    }

    @Test
    void aReadingThatHangsIsGivenUpAfterASecond() {
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> confirmed = confirmed();

        timer.advance(Duration.ofMillis(999));
        assertThat(confirmed).isNotDone();
        timer.advance(Duration.ofMillis(1));

        assertFailed(confirmed, "LOCKSTEP-0221");
    }

    @Test
    void allWhoAskTogetherShareAReading() {
        clock.advance(IN_TIME.plusMillis(1));
        List<CompletableFuture<Void>> all =
                Stream.generate(this::confirmed).limit(300).toList();

        reading.advance(Duration.ZERO);

        assertThat(all).allSatisfy(confirmed -> assertThat(confirmed).isCompleted());
        assertThat(log.readings).isEqualTo(1);
    }

    @Test
    void whoAsksWhileAReadingIsUnderWayIsNotConfirmedByIt() {
        clock.advance(IN_TIME.plusMillis(1));
        List<CompletableFuture<Void>> all = new ArrayList<>(List.of(confirmed()));
        log.duringReading = () -> {
            log.duringReading = () -> {};
            all.add(confirmed());
            store.startEpoch(upTo);
        };

        reading.advance(Duration.ZERO);

        assertThat(all.get(0)).isCompleted();
        assertFailed(all.get(1), "LOCKSTEP-0216");
    }

    @Test
    void commitsOfTwoHistoriesAreToldApart() {
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> former = confirmed();
        store.startEpoch(upTo);
        nodes = store.nodes();
        upTo = nodes.head();
        CompletableFuture<Void> present = confirmed();

        reading.advance(Duration.ZERO);

        assertFailed(former, "LOCKSTEP-0216");
        assertThat(present).isCompleted();
    }

    @Test
    void whereNoNodeTrustsCopiesNothingIsRead() {
        store.remove(List.of("slow"));
        store.register("careful", "a node without a lease", Duration.ZERO);
        nodes = store.nodes();
        clock.advance(IN_TIME);
        log.down = true;

        assertThat(confirmed()).isCompleted();
    }

    @Test
    void whoeverAsksIsToldWhenTheApplicationEndsWhoseThreadsAnswerNoMore() {
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> before = confirmed();
        room.close();
        CompletableFuture<Void> after = confirmed();

        assertFailed(before, "LOCKSTEP-0213");
        assertFailed(after, "LOCKSTEP-0213");
    }

    @Test
    void whoeverIsAskedForByAReadingThatHangsIsToldWhenTheApplicationEnds() {
        clock.advance(IN_TIME.plusMillis(1));
        CompletableFuture<Void> confirmed = confirmed();
        log.duringReading = room::close;

        reading.advance(Duration.ZERO);

        assertFailed(confirmed, "LOCKSTEP-0213");
    }

    private CompletableFuture<Void> confirmed() {
        return room.confirmed(over());
    }

    private LeaseWait over() {
        LeaseWait wait = room.enter(new Commit(upTo, nodes, sent), true);
        wait.acknowledged("slow");
        return wait;
    }

    private static void assertFailed(CompletableFuture<Void> future, String number) {
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RevocationUnconfirmedException.class)
                .havingCause()
                .withMessageContaining(number);
    }
}
