package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static dev.lockstep.revocation.RevocationSamples.open;
import static dev.lockstep.revocation.TestNode.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeedTest extends FeedScenario {

    @Test
    void noCopyIsUsedBeforeTheFirstPoll() {
        SessionCopy copy = open(store, 1);
        node.feed.register();

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aCopyFromBeforeTheRegistrationIsNeverUsed() {
        SessionCopy old = open(store, 1);
        revoke(open(store, 2));
        node.started();

        assertThat(node.judge(old)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(store.find(old.digest()))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aCopyIsUsedWhileTheLeaseRuns() {
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);

        clock.advance(LEASE.minusMillis(1));
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);

        clock.advance(Duration.ofMillis(1));
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theLeaseIsCountedFromBeforeThePollNotFromItsEnd() {
        log.duringPoll = () -> clock.advance(Duration.ofMillis(1500));
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);

        clock.advance(LEASE.minusMillis(1500));
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theLeaseEndsWhenTheWallClockSaysSo() {
        node.started();
        SessionCopy copy = open(store, 1);

        clock.sleep(LEASE);

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void settingTheWallClockBackDoesNotProlongTheLease() {
        node.started();
        SessionCopy copy = open(store, 1);

        clock.jump(Duration.ofHours(-1));
        clock.advance(LEASE);

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aRevokedDigestIsRefusedFromTheNextPollOn() {
        node.started();
        SessionCopy copy = open(store, 1);
        revoke(copy);

        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
        assertThat(node.listener.dropped).contains(copy.digest());
        assertThat(node.listener.learnt).containsExactly("session-1");
    }

    @Test
    void aRevocationIsToldOnceHoweverOftenItIsHeard() {
        node.started();
        SessionCopy copy = open(store, 1);
        var revoked = revoke(copy);
        node.current.applyOwn(revoked.upTo().epoch(), revoked.revocations());

        node.feed.tick();
        node.feed.tick();

        assertThat(node.listener.learnt).containsExactly("session-1");
    }

    @Test
    void theLagOfARevocationIsMeasuredByTheStoresClock() {
        node.started();
        revoke(open(store, 1));
        store.advance(Duration.ofMillis(700));
        clock.advance(Duration.ofMillis(700));

        node.feed.tick();

        assertThat(node.listener.lags.element()).isBetween(Duration.ofMillis(700), Duration.ofMillis(702));
    }

    @Test
    void aSessionExpiresByTheStoresClockWhateverTheNodesWallClockSays() {
        clock.jump(Duration.ofDays(-2));
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);

        store.advance(Duration.ofHours(2));
        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void appliedIsWrittenWhenThereWasNewsOnly() {
        node.started();
        revoke(open(store, 1));

        node.feed.tick();
        assertThat(row().applied().position()).isEqualTo(1);

        log.before = call -> assertThat(call).isNotEqualTo("acknowledge");
        node.feed.tick();
    }

    @Test
    void eachPollTellsWhichKeyIsInForce() {
        node.started();
        node.feed.tick();

        assertThat(node.listener.keys).containsExactly(0L, 0L);
    }

    @Test
    void aFailedPollChangesNothingAndALaterOneRecovers() {
        node.started();
        SessionCopy copy = open(store, 1);
        log.down = true;

        node.feed.tick();
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        clock.advance(LEASE);
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);

        log.down = false;
        node.feed.tick();
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aTrimmedLogMakesWhatWasNotAppliedUnusable() {
        node.started();
        SessionCopy copy = open(store, 1);
        var revoked = revoke(copy);
        store.trim(revoked.upTo());

        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(open(store, 2))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aLongLogIsReadPageByPageAndTheLeaseIsGrantedAfterTheLast() {
        node.started();
        SessionCopy last = null;
        for (int i = 0; i < 2_500; i++) {
            last = open(store, i);
            revoke(last);
        }
        clock.advance(LEASE);
        log.polls = 0;
        log.duringPoll = () -> assertThat(Leases.isRunning(node.current.get())).isFalse();

        node.feed.tick();

        assertThat(log.polls).isEqualTo(3);
        assertThat(Leases.isRunning(node.current.get())).isTrue();
        assertThat(node.judge(last)).isEqualTo(Verdict.REVOKED);
        assertThat(row().applied().position()).isEqualTo(2_500);
    }

    @Test
    void aStoreMayGiveAsFewRowsAtATimeAsItLikes() {
        node.started();
        SessionCopy last = null;
        for (int i = 0; i < 1_200; i++) {
            last = open(store, i);
            revoke(last);
        }
        log.pageSize = 500;

        node.feed.tick();

        assertThat(node.judge(last)).isEqualTo(Verdict.REVOKED);
        assertThat(row().applied().position()).isEqualTo(1_200);
    }

    static List<UnaryOperator<List<Revocation>>> slips() {
        return List.of(
                rows -> List.of(),
                rows -> rows.subList(1, rows.size()),
                rows -> List.of(rows.get(0), rows.get(2)),
                rows -> List.of(rows.get(2), rows.get(1), rows.get(0)),
                rows -> List.of(rows.get(0), rows.get(2), rows.get(1)),
                rows -> List.of(rows.get(0), rows.get(0), rows.get(2)));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void aPageThatLeavesSomethingOutOrIsInDisorderGrantsNothing(UnaryOperator<List<Revocation>> slip) {
        node.started();
        for (int i = 1; i < 4; i++) {
            revoke(open(store, i));
        }
        clock.advance(LEASE);

        log.given = slip;
        node.feed.tick();
        assertThat(Leases.isRunning(node.current.get())).isFalse();
        assertThat(row().applied().position()).isZero();

        log.given = rows -> rows;
        node.feed.tick();
        assertThat(Leases.isRunning(node.current.get())).isTrue();
    }

    @Test
    void aSessionThatFallsIdleBetweenTwoPollsIsNotUsed() {
        node.started();
        SessionCopy copy = store.open(new NewSession(
                "short", digest(1), "alice", Set.of(), Map.of(), Duration.ofHours(1), Duration.ofMillis(1_500)));
        clock.advance(Duration.ofMillis(1_498));
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);

        clock.advance(Duration.ofMillis(2));

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatIsForgottenMakesOlderCopiesUnusable() {
        TestNode forgetful = new TestNode(store, clock, new FactsLimits(4, Duration.ofHours(1))).started();
        SessionCopy first = open(store, 0);
        revoke(first);
        for (int i = 1; i < 10; i++) {
            revoke(open(store, i));
        }

        forgetful.feed.tick();

        assertThat(forgetful.current.get().size()).isLessThanOrEqualTo(4);
        assertThat(forgetful.judge(first)).isEqualTo(Verdict.UNKNOWN);
        assertThat(forgetful.judge(open(store, 11))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void whatIsOldIsForgottenToo() {
        node.started();
        SessionCopy copy = open(store, 1);
        revoke(copy);
        node.feed.tick();

        clock.advance(Duration.ofMinutes(30));
        node.feed.tick();
        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
        clock.advance(Duration.ofMinutes(30));
        node.feed.tick();

        assertThat(node.current.get().size()).isZero();
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aNodeThatLeavesTrustsNothingAndHasNoRow() {
        node.started();
        SessionCopy copy = open(store, 1);

        node.feed.close();
        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(store.nodes().rows()).isEmpty();
    }

    @Test
    void aPushIsAcknowledgedOnlyIfTheFactsHoldIt() {
        node.started();
        SessionCopy copy = open(store, 1);
        var revoked = revoke(copy);
        var message = new Message(revoked.upTo().epoch(), revoked.revocations());

        assertThat(node.current.apply(message)).contains(node.rowId());
        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);

        var ofAnotherEpoch = new Message(99, revoked.revocations());
        assertThat(node.current.apply(ofAnotherEpoch)).isEmpty();
        node.feed.close();
        assertThat(node.current.apply(message)).isEmpty();
    }

    /** So that a channel can acknowledge it first. */
    @Test
    void whatFollowsFromAPushElsewhereThanAmongTheFactsIsLeftForLater() {
        node.started();
        SessionCopy copy = open(store, 1);
        var revoked = revoke(copy);
        List<Runnable> later = new ArrayList<>();

        assertThat(node.current.apply(new Message(revoked.upTo().epoch(), revoked.revocations()), later::add))
                .contains(node.rowId());

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
        assertThat(node.listener.learnt).isEmpty();
        assertThat(node.listener.dropped).isEmpty();
        later.forEach(Runnable::run);
        assertThat(node.listener.learnt).containsExactly("session-1");
        assertThat(node.listener.dropped).hasSize(1);
    }

    @Test
    void aFailureToTellOneRevocationKeepsNoneOfTheOthersFromBeingToldNorCopiesFromBeingDropped() {
        node.started();
        List<SessionCopy> copies = List.of(open(store, 1), open(store, 2), open(store, 3));
        List<Revocation> revocations = copies.stream()
                .flatMap(copy -> revoke(copy).revocations().stream())
                .toList();
        Message message = new Message(node.current.get().epoch(), revocations);
        node.listener.failsOnce = true;

        assertThatThrownBy(() -> node.current.apply(message)).isInstanceOf(OutOfMemoryError.class);

        assertThat(node.listener.learnt).containsExactly("session-2", "session-3");
        assertThat(node.listener.dropped).hasSize(3);
    }

    @Test
    void aFailureToTellWhatThisNodeRevokedKeepsNoSharedCopyFromBeingDropped() {
        node.started();
        List<Revocation> revocations = revoke(open(store, 1)).revocations();
        node.listener.failsOnce = true;

        assertThatThrownBy(() -> node.current.applyOwn(node.current.get().epoch(), revocations))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(node.listener.droppedShared).hasSize(1);
    }

    @Test
    void aRevokedDigestIsKnownWithoutALease() {
        node.started();
        SessionCopy copy = open(store, 1);
        revoke(copy);
        node.feed.tick();
        clock.advance(LEASE);

        assertThat(node.current.get().isRevoked(copy.digest())).isTrue();
        assertThat(node.current.get().isRevoked(digest(77))).isFalse();
    }

    private NodeRow row() {
        return store.nodes().rows().get(0);
    }
}
