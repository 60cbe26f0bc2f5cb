package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static dev.lockstep.revocation.TestNode.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationsMissed.Reason;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.Revoked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a feed begins, and starts afresh: without its row, in another epoch. */
class FeedRestartTest extends FeedScenario {

    @Test
    void aNodeThatCouldNotRegisterDoesSoLater() {
        log.down = true;
        node.feed.tick();
        assertThat(store.nodes().rows()).isEmpty();

        log.down = false;
        node.feed.tick();

        assertThat(node.judge(open(store, 1))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aFencedNodeStartsAfreshUnderANewRow() {
        node.started();
        Facts before = node.current.get();
        SessionCopy old = open(store, 1);
        revoke(open(store, 2));
        store.fence(List.of(node.rowId()));

        node.feed.tick();

        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly(node.rowId());
        assertThat(node.rowId()).isNotEqualTo(before.nodeId());
        assertThat(before.judge(old)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(old)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(store.find(old.digest()))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aNodeWhoseRowIsGoneStartsAfresh() {
        node.started();
        Facts before = node.current.get();
        store.remove(List.of(node.rowId()));

        node.feed.tick();

        assertThat(node.current.get()).isNotSameAs(before);
        assertThat(before.judge(open(store, 1))).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(open(store, 2))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void factsThatEndedNeverGetALeaseAgain() {
        node.started();
        Facts facts = node.current.get();
        SessionCopy copy = open(store, 1);

        facts.end();
        facts.grant(Lease.Start.now(clock), LEASE, store.now());

        assertThat(facts.judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void factsThatEndedAreFollowedByNewOnes() {
        node.started();
        node.current.applyOwn(99, List.of());

        node.feed.tick();

        assertThat(node.judge(open(store, 1))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void copiesOfAnotherEpochAreNeverUsed() {
        node.started();
        SessionCopy copy = open(store, 1);
        store.startEpoch(node.feed.applied());

        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(store.find(copy.digest()))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void whatTheNodeItselfRevokedIsRefusedAtOnceAlsoWhenTheEpochHasChangedUnseen() {
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        store.startEpoch(node.feed.applied());
        Revoked revoked = revoke(copy);

        node.current.applyOwn(revoked.upTo().epoch(), revoked.revocations());

        assertThat(node.judge(copy)).isNotEqualTo(Verdict.LIVE);
    }

    @Test
    void aNodeThatRevokesInAnEpochThatItHasNotSeenYetTrustsNothingFromThenOn() {
        node.started();
        SessionCopy copy = open(store, 1);
        store.startEpoch(node.feed.applied());

        Revoked revoked = revoke(copy);
        node.current.applyOwn(revoked.upTo().epoch(), revoked.revocations());
        assertThat(node.judge(copy)).isNotEqualTo(Verdict.LIVE);

        node.feed.tick();
        assertThat(node.judge(copy)).isNotEqualTo(Verdict.LIVE);
        assertThat(node.judge(open(store, 2))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aPositionThatFellStartsANewEpoch() {
        node.started();
        NaiveStore.Backup backup = store.backup();
        SessionCopy revokedLater = open(store, 1);
        revoke(open(store, 2));
        node.feed.tick();
        long epoch = node.feed.applied().epoch();

        store.restore(backup);
        node.feed.tick();

        assertThat(node.feed.applied().epoch()).isNotEqualTo(epoch);
        assertThat(node.listener.missed).containsExactly(Reason.HISTORY_CHANGED);
        assertThat(node.judge(revokedLater)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(open(store, 3))).isEqualTo(Verdict.LIVE);
    }

    /** It sees by its new row what no poll has told it. */
    @Test
    void aPositionThatFellBeforeANodeRegistersAgainStartsANewEpochToo() {
        node.started();
        NaiveStore.Backup backup = store.backup();
        revoke(open(store, 1));
        node.feed.tick();
        long epoch = node.feed.applied().epoch();
        store.fence(List.of(node.rowId()));
        log.before = call -> log.down = call.equals("register");
        node.feed.tick();

        store.restore(backup);
        log.before = call -> log.down = false;
        node.feed.tick();

        assertThat(node.feed.applied().epoch()).isNotEqualTo(epoch);
        assertThat(node.listener.missed).contains(Reason.HISTORY_CHANGED);
    }

    /** The former facts are not asked any more: they would be kept for ever. */
    @Test
    void whatOnlyFormerFactsKnewIsNewsAgainOnceANodeHasCaughtUp() {
        node.started();
        Revoked revoked = revoke(open(store, 1));
        node.feed.tick();
        store.fence(List.of(node.rowId()));
        node.feed.tick();

        node.current.apply(new Message(revoked.upTo().epoch(), List.of(RevocationSamples.revocation(9, 1))));

        assertThat(node.listener.learnt).containsExactly("session-1", "session-1");
    }

    @Test
    void aNodeThatEndsWhileItStartsAfreshLeavesNoRow() {
        node.started();
        store.fence(List.of(node.rowId()));
        log.duringPoll = () -> log.down = true;
        node.feed.tick();
        log.down = false;
        assertThat(store.nodes().rows()).hasSize(1);

        node.feed.close();

        assertThat(store.nodes().rows()).isEmpty();
    }

    @Test
    void aNodeThatMustStartAfreshAgainAtOnceWaitsForTheNextTick() {
        node.started();
        int before = log.polls;
        log.duringPoll = () -> node.current.get().end();

        node.feed.tick();
        assertThat(log.polls).isEqualTo(before + 2);

        log.duringPoll = () -> {};
        clock.advance(LEASE);
        node.feed.tick();
        assertThat(node.judge(open(store, 1))).isEqualTo(Verdict.LIVE);
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly(node.rowId());
    }

    @Test
    void aNodeThatCannotStartAfreshYetDoesNotSayThatTheLogCanBeRead() {
        try (CapturedLog messages = new CapturedLog(Feed.class.getName())) {
            node.started();
            store.fence(List.of(node.rowId()));
            log.duringPoll = () -> log.down = true;
            node.feed.tick();
            assertThat(messages.messages()).noneMatch(message -> message.startsWith("LOCKSTEP-0203"));

            log.down = false;
            log.duringPoll = () -> {};
            node.feed.tick();
            assertThat(messages.messages()).anyMatch(message -> message.startsWith("LOCKSTEP-0203"));
            assertThat(messages.messages())
                    .filteredOn(message -> message.startsWith("LOCKSTEP-0202"))
                    .singleElement()
                    .asString()
                    .endsWith(" node=node under test lease=" + LEASE);
            assertThat(messages.messages())
                    .filteredOn(message -> !message.startsWith("LOCKSTEP-0202"))
                    .isNotEmpty()
                    .allMatch(message -> message.endsWith(" node=node under test"));
        }
    }

    @Test
    void aNodeThatWasAwayTellsWhatWasRevokedMeanwhile() {
        node.started();
        revoke(open(store, 1));
        node.feed.tick();
        revoke(open(store, 2));
        store.fence(List.of(node.rowId()));
        revoke(open(store, 3));
        store.remove(List.of(node.rowId()));

        node.feed.tick();
        revoke(open(store, 4));
        node.feed.tick();

        assertThat(node.listener.learnt).containsExactly("session-1", "session-2", "session-3", "session-4");
        assertThat(node.listener.missed).isEmpty();
    }

    @Test
    void whatWasToldBeforeANodeWasAwayIsNotToldAgain() {
        node.started();
        Revoked pushed = revoke(open(store, 1));
        node.current.apply(new Message(pushed.upTo().epoch(), pushed.revocations()));
        store.fence(List.of(node.rowId()));
        revoke(open(store, 2));

        node.feed.tick();
        node.feed.tick();

        assertThat(node.listener.learnt).containsExactly("session-1", "session-2");
    }

    @Test
    void aNodeThatWasAwayForLongerThanTheLogIsKeptSaysThatAnythingMayHaveChanged() {
        node.started();
        Revoked revoked = revoke(open(store, 1));
        store.remove(List.of(node.rowId()));
        store.trim(revoked.upTo());
        revoke(open(store, 2));

        node.feed.tick();

        assertThat(node.listener.missed).containsExactly(Reason.LOG_TRIMMED);
        assertThat(node.listener.learnt).containsExactly("session-2");
    }

    @Test
    void aNodeThatOnlyCouldNotReadForLongerThanTheLogIsKeptSaysSoToo() {
        node.started();
        store.trim(revoke(open(store, 1)).upTo());

        node.feed.tick();

        assertThat(node.listener.missed).containsExactly(Reason.LOG_TRIMMED);
    }

    @Test
    void aNodeThatFindsAnotherHistorySaysThatAnythingMayHaveChanged() {
        node.started();
        store.startEpoch(node.feed.applied());

        node.feed.tick();

        assertThat(node.listener.missed).containsExactly(Reason.HISTORY_CHANGED);
    }

    @Test
    void aNodeThatStartsHasMissedNothing() {
        store.trim(revoke(open(store, 1)).upTo());
        revoke(open(store, 2));

        node.started();

        assertThat(node.listener.missed).isEmpty();
        assertThat(node.listener.learnt).isEmpty();
    }

    @Test
    void aNodeWhoseRowACloneOfItGoesOnWithBecomesAnotherNode() {
        node.started();
        String shared = node.rowId();
        SessionCopy copy = open(store, 1);
        revoke(open(store, 2));
        store.acknowledge(shared, store.nodes().head());

        node.feed.tick();

        assertThat(node.rowId()).isNotEqualTo(shared);
        assertThat(CurrentFacts.areOfOneNode(node.rowId(), shared)).isFalse();
        assertThat(node.current.isOwn(shared)).isFalse();
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactlyInAnyOrder(shared, node.rowId());
    }

    @Test
    void aNodeKnowsItsPresentRowAndTheOneBeforeAsItsOwn() {
        node.started();
        String first = node.rowId();
        store.fence(List.of(first));
        node.feed.tick();

        assertThat(node.current.isOwn(first)).isTrue();
        assertThat(node.current.isOwn(node.rowId())).isTrue();
        assertThat(node.current.isOwn(new TestNode(store, clock).current.nextNodeId()))
                .isFalse();
        assertThat(CurrentFacts.areOfOneNode(first, node.rowId())).isTrue();
    }
}
