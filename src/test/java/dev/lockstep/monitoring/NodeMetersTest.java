package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenRefused;
import dev.lockstep.contract.HandClock;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.EndedBy;
import dev.lockstep.spi.NodeListener.LeaseEnd;
import dev.lockstep.spi.NodeListener.Origin;
import dev.lockstep.spi.NodeListener.QueueExit;
import dev.lockstep.spi.NodeListener.SettledBy;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeMetersTest {

    private static final Duration TOOK = Duration.ofMillis(3);
    private static final Duration GOAL = Duration.ofMillis(500);
    private static final RuntimeException FAILURE = new IllegalStateException("told by a test");

    private final HandClock clock = new HandClock();
    private final NodeStatus status = new NodeStatus("shop", "node a", "redis", clock);
    private final NodeMeters made = new NodeMeters(status, "redis", true, GOAL);
    private final NodeListener meters = EachListener.of(made.listeners());
    private final MeterReadings read = new MeterReadings(made);

    @Test
    void everyMeterHasSeriesWithItsTagsAndNoTwoAreAlike() {
        assertThat(made.series().stream().map(MeterSeries::meter).distinct()).hasSameElementsAs(Meters.ALL);
        assertThat(made.series())
                .allSatisfy(series -> assertThat(series.tags().keySet())
                        .containsExactlyElementsOf(series.meter().tags()));
        assertThat(made.series().stream().map(series -> series.meter().name() + series.tags()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aHitOfTheNearCacheIsAValidationAndAGetAndIsNotTimed() {
        meters.lookedUp(Source.NEAR, Result.LIVE, 0);

        assertThat(read.counted(Meters.VALIDATIONS)).containsExactly("near,live");
        assertThat(read.counted(Meters.CACHE_GETS)).containsExactly("near,hit");
        assertThat(read.counted(Meters.VALIDATION_DURATION)).isEmpty();
    }

    @Test
    void whatAnotherAnswersIsTimedByWhoAnswered() {
        meters.lookedUp(Source.SHARED, Result.LIVE, 1);
        meters.lookedUp(Source.FACTS, Result.NOT_LIVE, 1);
        meters.lookedUp(Source.STORE, Result.LIVE, 1);
        meters.lookedUp(Source.STORE, Result.NOT_LIVE, 1);
        meters.lookedUp(Source.STORE, Result.FAILED, 1);

        assertThat(read.counted(Meters.VALIDATIONS))
                .containsExactly("shared,live", "facts,not_live", "store,live", "store,not_live", "store,failed");
        assertThat(read.durations(Meters.VALIDATION_DURATION, "shared").count()).isOne();
        assertThat(read.durations(Meters.VALIDATION_DURATION, "facts").count()).isOne();
        assertThat(read.durations(Meters.VALIDATION_DURATION, "store").count()).isEqualTo(3);
        assertThat(read.counted(Meters.CACHE_GETS)).containsExactly("shared,hit");
    }

    @Test
    void aCopyThatIsRefusedIsAMissToo() {
        meters.missed(Source.NEAR);
        meters.refused(Source.NEAR, Refusal.TOO_OLD);
        meters.refused(Source.SHARED, Refusal.NO_LEASE);

        assertThat(read.count(Meters.CACHE_GETS, "near", "miss")).isEqualTo(2);
        assertThat(read.count(Meters.CACHE_GETS, "shared", "miss")).isOne();
        assertThat(read.counted(Meters.CACHE_REFUSALS)).containsExactly("near,too_old", "shared,no_lease");
    }

    @Test
    void loadsAreTimedByWhetherThereWasASession() {
        meters.loaded(true, TOOK);
        meters.loaded(false, TOOK);
        meters.loaded(false, TOOK);

        assertThat(read.durations(Meters.LOAD_DURATION, "found").count()).isOne();
        assertThat(read.durations(Meters.LOAD_DURATION, "absent").count()).isEqualTo(2);
    }

    @Test
    void aCacheIsMeasuredIfSessionsAreKeptInIt() {
        meters.stored(Source.SHARED);
        meters.evicted("near");
        meters.swept("near", 7);
        meters.evicted("memory");
        meters.swept("memory", 9);

        assertThat(read.counted(Meters.CACHE_PUTS)).containsExactly("shared");
        assertThat(read.count(Meters.CACHE_EVICTIONS, "near")).isOne();
        assertThat(read.level(Meters.CACHE_SIZE, "near")).isEqualTo(7);
    }

    @Test
    void aCacheInThisJvmIsTheNearOneItself() {
        NodeMeters inMemory = new NodeMeters(status, "memory", true, GOAL);

        EachListener.of(inMemory.listeners()).swept("memory", 9);

        assertThat(new MeterReadings(inMemory).level(Meters.CACHE_SIZE, "near")).isEqualTo(9);
    }

    @Test
    void aBreakerOfReadsIsOneOfWritesToo() {
        status.breaker("redis", true, true);
        assertThat(breakers()).containsExactly(1.0, 1.0);

        status.breaker("redis", true, false);
        assertThat(breakers()).containsExactly(0.0, 0.0);

        status.breaker("redis", false, true);
        assertThat(breakers()).containsExactly(0.0, 1.0);
    }

    @Test
    void whatTheNodeIsIsReadFromItsStatus() {
        assertThat(read.level(Meters.LEASE_REMAINING)).isZero();
        assertThat(read.level(Meters.POLL_AGE)).isNaN();

        status.logRead(new LogPosition(1, 4), new LogPosition(1, 9));
        status.polled(new LogPosition(1, 4), 0, 3, TOOK);
        status.leaseGranted(Duration.ofSeconds(5));
        status.nodesListed(2);
        clock.advance(Duration.ofMillis(1500));

        assertThat(read.level(Meters.LEASE_REMAINING)).isEqualTo(3.5);
        assertThat(read.level(Meters.POLL_AGE)).isEqualTo(1.5);
        assertThat(read.level(Meters.LOG_BEHIND)).isEqualTo(5);
        assertThat(read.level(Meters.FACTS)).isEqualTo(3);
        assertThat(read.level(Meters.NODES)).isEqualTo(2);
    }

    @Test
    void whereNoNodeHoldsALeaseThereIsNoneToRunOut() {
        NodeMeters untrusting = new NodeMeters(status, "redis", false, GOAL);

        assertThat(untrusting.series()).noneMatch(series -> series.meter() == Meters.LEASE_REMAINING);
    }

    @Test
    void requestsAreRefusedForEachReason() {
        Arrays.stream(TokenRefused.Reason.values()).forEach(meters::requestRefused);

        assertThat(read.counted(Meters.REQUESTS_REFUSED)).hasSameSizeAs(TokenRefused.Reason.values());
    }

    @Test
    void sessionsAreCountedByWhatEndedThem() {
        meters.sessionOpened();
        meters.sessionRotated();
        Arrays.stream(EndedBy.values()).forEach(how -> meters.sessionsEnded(how, 3));

        assertThat(read.count(Meters.SESSIONS_OPENED)).isOne();
        assertThat(read.count(Meters.SESSIONS_ROTATED)).isOne();
        assertThat(read.counted(Meters.SESSIONS_ENDED)).hasSameSizeAs(EndedBy.values());
    }

    @Test
    void liveSessionsAreCountedOnlyWhereSomebodyLooks() {
        assertThat(meters.countsSessions()).isFalse();

        assertThat(read.level(Meters.SESSIONS_LIVE)).isNaN();
        assertThat(meters.countsSessions()).isTrue();
        assertThat(meters.countsSessions()).isFalse();

        meters.sessionsCounted(7, TOOK);
        assertThat(read.level(Meters.SESSIONS_LIVE)).isEqualTo(7);
    }

    @Test
    void canariesAreCountedAndTheirLastProofHasAnAge() {
        assertThat(read.level(Meters.CANARY_AGE)).isNaN();

        meters.canaryProved(3);
        status.canaryProved(3);
        meters.canaryFailed("a");
        clock.advance(TOOK);

        assertThat(read.count(Meters.CANARY_PROOFS)).isOne();
        assertThat(read.count(Meters.CANARY_FAILURES)).isOne();
        assertThat(read.level(Meters.CANARY_AGE)).isEqualTo(.003);
    }

    @Test
    void aRevocationIsTimedByHowItsLastNodeWasSettled() {
        meters.revocationsSettled(null, TOOK, null);
        meters.revocationsSettled(SettledBy.ACKNOWLEDGED, TOOK, null);
        meters.revocationsSettled(SettledBy.APPLIED, TOOK, null);
        meters.revocationsSettled(SettledBy.GONE, TOOK, null);
        meters.revocationsSettled(SettledBy.WAITED_OUT, TOOK, null);
        meters.revocationsSettled(SettledBy.WAITED_OUT, TOOK, FAILURE);

        assertThat(read.counted(Meters.REVOCATION_DURATION))
                .containsExactly("alone", "acknowledged", "applied", "gone", "waited_out", "unconfirmed");
        assertThat(read.durations(Meters.REVOCATION_DURATION, "waited_out").count())
                .isOne();
    }

    @Test
    void aRevocationMeetsTheGoalIfItIsTrueEverywhereByThen() {
        meters.revocationsSettled(null, GOAL, null);
        meters.revocationsSettled(SettledBy.WAITED_OUT, GOAL.plusNanos(1), null);
        meters.revocationsSettled(null, TOOK, FAILURE);

        assertThat(read.count(Meters.REVOCATION_GOAL, "true")).isOne();
        assertThat(read.count(Meters.REVOCATION_GOAL, "false")).isEqualTo(2);
    }

    @Test
    void nodesAreCountedByHowTheyWereSettledAndNotByTheirName() {
        meters.nodeSettled("a", SettledBy.ACKNOWLEDGED, TOOK);
        meters.nodeSettled("b", SettledBy.APPLIED, TOOK);
        meters.nodeSettled("c", SettledBy.GONE, TOOK);
        meters.nodeSettled("d", SettledBy.WAITED_OUT, TOOK);
        meters.fenced("d");

        assertThat(read.counted(Meters.REVOCATION_NODES))
                .containsExactly("acknowledged", "applied", "gone", "waited_out");
        assertThat(read.count(Meters.NODES_FENCED)).isOne();
    }

    @Test
    void callsThatEndSessionsAreTimedByTheirResultAndCommitsByThemselves() {
        meters.revocationsCommitted(5, TOOK);
        meters.revoked(TOOK, null);
        meters.revoked(TOOK, FAILURE);

        assertThat(read.count(Meters.REVOCATION_COMMITTED)).isEqualTo(5);
        assertThat(read.durations(Meters.REVOCATION_COMMIT_DURATION).count()).isOne();
        assertThat(read.counted(Meters.REVOCATION_CALL_DURATION)).containsExactly("success", "failure");
    }

    @Test
    void whatIsLearntIsTimedByHow() {
        Arrays.stream(Origin.values()).forEach(how -> meters.learnt(how, TOOK));

        assertThat(read.counted(Meters.REVOCATION_LAG)).containsExactly("own", "pushed", "read");
    }

    @Test
    void messagesAreCountedOnBothSides() {
        meters.pushed(2);
        meters.pushReceived(true);
        meters.pushReceived(false);
        meters.pushReceived(false);

        assertThat(read.count(Meters.CHANNEL_SENT)).isOne();
        assertThat(read.count(Meters.CHANNEL_EXPECTED)).isEqualTo(2);
        assertThat(read.count(Meters.CHANNEL_RECEIVED, "applied")).isOne();
        assertThat(read.count(Meters.CHANNEL_RECEIVED, "ignored")).isEqualTo(2);
    }

    @Test
    void pollsAndLeasesAreCounted() {
        meters.polled(new LogPosition(1, 1), 4, 0, TOOK);
        meters.pollFailed(FAILURE);
        meters.leaseLost(LeaseEnd.RAN_OUT);

        assertThat(read.durations(Meters.POLL_DURATION).count()).isOne();
        assertThat(read.count(Meters.POLL_FAILURES)).isOne();
        assertThat(read.counted(Meters.LEASE_LOST)).containsExactly("ran_out");
    }

    @Test
    void aFloorMovesWhenItIsAnotherOneThanBefore() {
        Stream.of(4, 4, 9, 2).forEach(floor -> meters.polled(new LogPosition(1, 1), floor, 0, TOOK));

        assertThat(read.count(Meters.FLOOR_MOVES)).isEqualTo(2);
    }

    @Test
    void everyMethodOfAStoreIsAnOperation() {
        List<String> operations = Stream.of(SessionStore.class, SessionSearch.class, RevocationLog.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(method -> method.getName())
                .distinct()
                .toList();

        operations.forEach(operation -> meters.storeCalled(operation, TOOK, FAILURE));

        assertThat(read.counted(Meters.STORE_CALL_DURATION)).hasSameElementsAs(operations);
        assertThat(read.counted(Meters.STORE_CALL_FAILURES)).hasSameElementsAs(operations);
    }

    @Test
    void whatIsNoOperationIsNotCounted() {
        meters.storeCalled("toString", TOOK, null);

        assertThat(read.counted(Meters.STORE_CALL_DURATION)).isEmpty();
    }

    @Test
    void aQueueHoldsWhoJoinedAndHasNotLeft() {
        status.storeQueued("reads");
        status.storeQueued("reads");
        status.storeDequeued("reads", TOOK, QueueExit.BEGUN);

        assertThat(read.level(Meters.STORE_QUEUE_SIZE, "reads")).isOne();
        assertThat(read.level(Meters.STORE_QUEUE_SIZE, "feed")).isZero();
    }

    @Test
    void whoLeavesAQueueIsCountedByHow() {
        meters.storeDequeued("reads", TOOK, QueueExit.BEGUN);
        meters.storeDequeued("reads", TOOK, QueueExit.REFUSED);
        meters.storeDequeued("reads", TOOK, QueueExit.ABANDONED);
        meters.storeTimedOut("reads");

        assertThat(read.counted(Meters.STORE_QUEUE_WAIT)).containsExactly("reads");
        assertThat(read.counted(Meters.STORE_QUEUE_LEFT)).containsExactly("reads,refused", "reads,abandoned");
        assertThat(read.counted(Meters.STORE_TIMEOUTS)).containsExactly("reads");
    }

    @Test
    void noTagOfAnySeriesIsLongOrHasManyValues() {
        assertThat(Meters.ALL)
                .allSatisfy(meter -> assertThat(made.series().stream()
                                .filter(series -> series.meter() == meter)
                                .map(MeterSeries::tags)
                                .filter(Objects::nonNull))
                        .as(meter.name())
                        .hasSizeBetween(1, 30));
    }

    private List<Double> breakers() {
        return List.of(read.level(Meters.BREAKER_OPEN, "read"), read.level(Meters.BREAKER_OPEN, "write"));
    }
}
