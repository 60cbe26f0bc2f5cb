package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is pushed, and what its acknowledgement is worth; all threads and clocks are moved by hand.
 */
class SettlementTest {

    private static final String SLOW = "slow-1";

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final HandScheduler threads = new HandScheduler(clock);
    private final RecordedChannel channel = new RecordedChannel();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final TestNode node = new TestNode(store, clock);
    private final LeaseWaits waitingRoom = new LeaseWaits(
            store,
            node.current::isOwn,
            Duration.ofMillis(25),
            clock,
            new NodeThreads(threads, threads, threads, threads, threads),
            told.listener());
    private final Settlement settlement =
            new Settlement(node.current, waitingRoom, channel, Duration.ofSeconds(1), told.listener());

    @BeforeEach
    void start() {
        node.started();
        store.register(SLOW, "a slow node", Duration.ofMinutes(1));
    }

    @Test
    void aPushIsToldWithTheNumberOfNodesThatAreAskedAndItsEndByHowTheLastOfThemWasSettled() {
        open(store, 1);
        told.take();
        CompletableFuture<Settled> revoking = revoke(new OfId("session-1"));
        assertThat(told.take()).containsExactly("nodeAwaited a slow node", "nodesListed 2", "pushed 1");

        channel.pushed.get(0).acknowledged().accept(SLOW);

        assertThat(revoking).isCompleted();
        assertThat(told.take())
                .containsExactly("nodeSettled a slow node ACKNOWLEDGED", "revocationsSettled ACKNOWLEDGED -");
    }

    @Test
    void whoFollowsACommitIsToldOfItsPush() {
        open(store, 1);
        List<Integer> pushed = new ArrayList<>();
        Committed<List<Revoked>> committed = store.commitRevocations(List.of(new OfId("session-1")));

        var unused = settlement.settle(committed.outcome(), committed.nodes(), Lease.Start.now(clock), pushed::add);

        assertThat(pushed).containsExactly(1);
    }

    @Test
    void aNodeThatIsWaitedOutIsToldAsSuchAndAsFenced() {
        open(store, 1);
        var unused = revoke(new OfId("session-1"));
        told.take();

        threads.advance(ProtocolLimits.certainlyOver(Duration.ofMinutes(1)));

        assertThat(told.of("nodeSettled", "fenced"))
                .containsExactly("nodeSettled a slow node WAITED_OUT", "fenced a slow node");
    }

    @Test
    void aCommitThatNobodyHasToBeWaitedForIsSettledByNobody() {
        store.remove(List.of(SLOW));
        open(store, 1);
        told.take();

        assertThat(revoke(new OfId("session-1"))).isCompleted();

        assertThat(told.take()).containsExactly("nodesListed 1", "revocationsSettled - -");
    }

    /** It is told all the same, so that its observers hear of it at once. */
    @Test
    void aNodeWithoutALeaseIsToldAndNotWaitedFor() {
        store.remove(List.of(SLOW));
        store.register("careful-1", "a node without a lease", Duration.ZERO);
        open(store, 1);
        told.take();

        RevocationOutcome outcome = revoke(new OfId("session-1")).join().outcome();
        threads.advance(Duration.ofMinutes(1));

        assertThat(outcome.nodes()).isEqualTo(1);
        assertThat(outcome.waitedOut()).isEmpty();
        assertThat(channel.pushed).hasSize(1);
        assertThat(told.take()).containsExactly("nodesListed 2", "pushed 0", "revocationsSettled - -");
    }

    @Test
    void whatEveryOtherNodeKnowsIsNotPushed() {
        SessionCopy copy = open(store, 1);
        store.acknowledge(SLOW, new LogPosition(store.nodes().head().epoch(), 100));

        assertThat(revoke(new OfToken(copy.digest()))).isCompleted();

        assertThat(channel.pushed).isEmpty();
    }

    @Test
    void whatIsNotKnownToHoldIsToldAsFailed() {
        open(store, 1);
        CompletableFuture<Settled> revoking = revoke(new OfId("session-1"));

        waitingRoom.close();

        assertThat(revoking).isCompletedExceptionally();
        assertThat(told.of("revocationsSettled"))
                .containsExactly("revocationsSettled - RevocationUnconfirmedException");
    }

    @Test
    void theOutcomeTellsOfTheOtherNodesHowLongTheyWereWaitedForAndWhoWasWaitedOut() {
        store.register("quick-1", "a quick node", Duration.ofMinutes(1));
        open(store, 1);
        CompletableFuture<Settled> revoking = revoke(new OfId("session-1"));
        channel.pushed.get(0).acknowledged().accept("quick-1");
        Duration waited = ProtocolLimits.certainlyOver(Duration.ofMinutes(1));

        threads.advance(waited);

        RevocationOutcome outcome = revoking.join().outcome();
        assertThat(outcome.awaited()).isTrue();
        assertThat(outcome.nodes()).isEqualTo(2);
        assertThat(outcome.waited()).isEqualTo(waited);
        assertThat(outcome.waitedOut()).containsExactly("a slow node");
        assertThat(outcome.since().toEpochMilli()).isEqualTo(node.current.get().storeMillis());
    }

    @Test
    void theOutcomeOfWhatNobodyWasWaitedForIsOfTheCommit() {
        store.remove(List.of(SLOW));
        open(store, 1);

        RevocationOutcome outcome = revoke(new OfId("session-1")).join().outcome();

        assertThat(outcome.nodes()).isZero();
        assertThat(outcome.waited()).isZero();
        assertThat(outcome.waitedOut()).isEmpty();
    }

    @Test
    void whatHadSeveralCommitsHoldsWhereAndWhenTheLastOfThemDoes() {
        NodeRow slow = row("slow-1", "slow");
        NodeRow dead = row("dead-1", "dead");
        Settled one = new Settled(Set.of("slow-1", "dead-1"), Set.of(slow), 7, Duration.ofSeconds(2));
        Settled other = new Settled(Set.of("slow-1", "new-1"), Set.of(dead, slow), 6, Duration.ofSeconds(3));

        for (Settled both : List.of(one.and(other), other.and(one))) {
            assertThat(both.outcome())
                    .isEqualTo(new RevocationOutcome(
                            true, 3, Instant.ofEpochMilli(7), Duration.ofSeconds(3), List.of("dead", "slow")));
        }
        assertThat(Settled.NOTHING.and(one)).isEqualTo(one);
    }

    private NodeRow row(String id, String name) {
        return new NodeRow(id, name, Duration.ofMinutes(1), store.nodes().head(), false);
    }

    @Test
    void aPushHoldsTheDigestOfARotationThatIsStillWaitedFor() {
        SessionCopy copy = open(store, 1);
        CompletableFuture<Settled> rotating = rotate(copy.digest(), digest(2));

        CompletableFuture<Settled> revoking = revoke(new OfId("session-1"));

        assertThat(digests(channel.pushed.get(1).message())).containsExactly(copy.digest(), digest(2));
        assertThat(rotating).isNotDone();
        channel.pushed.get(1).acknowledged().accept(SLOW);
        assertThat(revoking).isCompleted();
    }

    @Test
    void aPushHoldsWhatAnEarlierCallEndedAndStillWaitsFor() {
        SessionCopy copy = open(store, 1);
        CompletableFuture<Settled> first = revoke(new OfId("session-1"));

        CompletableFuture<Settled> second = revoke(new OfToken(copy.digest()));

        assertThat(digests(channel.pushed.get(1).message())).containsExactly(copy.digest());
        channel.pushed.get(1).acknowledged().accept(SLOW);
        assertThat(second).isCompleted();
        assertThat(first).isNotDone();
    }

    @Test
    void theFactsOfThisNodeHoldItBeforeAnythingElseIsDone() {
        SessionCopy copy = open(store, 1);

        CompletableFuture<Settled> revoking = revoke(new OfId("session-1"));

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
        assertThat(node.listener.droppedShared).containsExactly(copy.digest());
        assertThat(revoking).isNotDone();
    }

    @Test
    void whatIsAnnouncedIsPushedAndWaitedForLikeAnyRevocation() {
        SessionCopy copy = open(store, 1);
        store.vanish(copy.digest());
        Committed<Revoked> announced = store.announce(List.of(new OfId("session-1")));

        CompletableFuture<Settled> settled =
                settlement.settle(List.of(announced.outcome()), announced.nodes(), Lease.Start.now(clock));

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.listener.droppedShared).isEmpty();
        assertThat(settled).isNotDone();
        channel.pushed.get(0).acknowledged().accept(SLOW);
        assertThat(settled).isCompleted();
    }

    @Test
    void whereTheChannelFailsTheLogoutWaitsForTheNodes() {
        SessionCopy copy = open(store, 1);
        channel.failure = new NoClassDefFoundError("a channel of a test");

        CompletableFuture<Settled> revoking = revoke(new OfToken(copy.digest()));
        assertThat(revoking).isNotDone();

        store.acknowledge(SLOW, store.nodes().head());
        threads.advance(Duration.ofMillis(25));
        assertThat(revoking).isCompleted();
    }

    @Test
    void whereNotAllCouldBeReadTheAcknowledgementOfAPushIsNotEnough() {
        open(store, 1);
        Committed<List<Revoked>> committed = store.commitRevocations(List.of(new OfPrincipal("alice")));
        Revoked whole = committed.outcome().get(0);
        Revoked inPart = new Revoked(whole.upTo(), whole.revocations(), false, false);

        CompletableFuture<Settled> settled =
                settlement.settle(List.of(inPart), committed.nodes(), Lease.Start.now(clock));
        channel.pushed.get(0).acknowledged().accept(SLOW);
        assertThat(settled).isNotDone();

        store.acknowledge(SLOW, whole.upTo());
        threads.advance(Duration.ofMillis(25));
        assertThat(settled).isNotDone();
        node.feed.tick();
        threads.advance(Duration.ofMillis(25));
        assertThat(settled).isCompleted();
    }

    /**
     * As a node that has not polled since still does: its facts hold what it was told, of a history
     * that is gone.
     */
    @Test
    void anAcknowledgementIsNotEnoughOnceAnotherHistoryMayBeInForce() {
        open(store, 1);
        NaiveStore.Backup backup = store.backup();
        Committed<List<Revoked>> committed = store.commitRevocations(List.of(new OfId("session-1")));
        Lease.Start sent = Lease.Start.now(clock);
        store.restore(backup);
        clock.advance(Duration.ofMinutes(2).plusNanos(1));

        CompletableFuture<Settled> settled = settlement.settle(committed.outcome(), committed.nodes(), sent);
        channel.pushed.get(0).acknowledged().accept(SLOW);
        assertThat(settled).isNotDone();
        threads.advance(Duration.ZERO);

        assertThat(settled)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .withMessageContaining("LOCKSTEP-0216");
    }

    private CompletableFuture<Settled> revoke(RevocationTarget target) {
        Committed<List<Revoked>> committed = store.commitRevocations(List.of(target));
        return settlement.settle(committed.outcome(), committed.nodes(), Lease.Start.now(clock));
    }

    private CompletableFuture<Settled> rotate(TokenDigest current, TokenDigest next) {
        Committed<Rotated> committed = store.commitRotation(current, next);
        return settlement.settle(List.of(committed.outcome().revoked()), committed.nodes(), Lease.Start.now(clock));
    }

    private static List<TokenDigest> digests(Message message) {
        return message.revocations().stream().map(Revocation::digest).toList();
    }
}
