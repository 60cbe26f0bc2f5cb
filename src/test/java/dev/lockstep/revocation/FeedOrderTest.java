package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static dev.lockstep.revocation.RevocationSamples.revocation;
import static dev.lockstep.revocation.TestNode.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCopy;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The order in which a feed does what it does. Each of these, turned around, lets some model accept
 * what was revoked (rigs/model).
 */
class FeedOrderTest extends FeedScenario {

    @Test
    void theFactsHoldWhatIsAppliedBeforeAnythingVouchesForIt() {
        node.started();
        SessionCopy copy = open(store, 1);
        revoke(copy);
        clock.advance(LEASE);
        node.listener.whileTold = () -> {
            assertThat(node.current.get().isRevoked(copy.digest())).isTrue();
            assertThat(Leases.isRunning(node.current.get())).isFalse();
            assertThat(node.feed.applied().position()).isZero();
            assertThat(appliedByRow()).isZero();
        };

        node.feed.tick();

        assertThat(node.listener.learnt).containsExactly("session-1");
        assertThat(Leases.isRunning(node.current.get())).isTrue();
        assertThat(appliedByRow()).isEqualTo(1);
    }

    @Test
    void aLogThatGrowsWhileItIsReadIsReadToItsEnd() {
        node.started();
        revoke(open(store, 1));
        revoke(open(store, 2));
        SessionCopy last = open(store, 3);
        log.pageSize = 1;
        log.polls = 0;
        log.duringPoll = () -> {
            assertThat(appliedByRow()).isZero();
            if (log.polls == 1) {
                revoke(last);
            }
        };

        node.feed.tick();

        assertThat(log.polls).isEqualTo(3);
        assertThat(node.judge(last)).isEqualTo(Verdict.REVOKED);
        assertThat(appliedByRow()).isEqualTo(3);
    }

    @Test
    void whatWasTrimmedIsNoticedOnEveryPage() {
        node.started();
        SessionCopy trimmed = open(store, 1);
        LogPosition first = revoke(trimmed).upTo();
        revoke(open(store, 2));
        revoke(open(store, 3));
        store.trim(first);
        log.pageSize = 1;

        node.feed.tick();

        assertThat(Leases.isRunning(node.current.get())).isTrue();
        assertThat(node.judge(trimmed)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void noFloorFallsWhereLessIsForgottenThanWasTrimmed() {
        TestNode forgetful = new TestNode(store, clock, new FactsLimits(4, Duration.ofHours(1))).started();
        SessionCopy old = open(store, 1);
        revoke(open(store, 2));
        store.trim(revoke(open(store, 3)).upTo());
        forgetful.feed.tick();
        assertThat(forgetful.current.get().floor()).isEqualTo(2);

        revoke(open(store, 4));
        revoke(open(store, 5));
        forgetful.feed.tick();

        assertThat(forgetful.current.get().floor()).isEqualTo(2);
        assertThat(forgetful.judge(old)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void oneThreadAtATimeWritesTheFacts() throws Exception {
        node.started();
        Facts facts = node.current.get();
        List<Revocation> one = List.of(revocation(1, 1));
        List<Runnable> writes = List.of(
                () -> facts.apply(one),
                () -> facts.applyPushed(one),
                facts::forgetOld,
                () -> facts.raiseFloor(1),
                () -> facts.grant(Lease.Start.now(clock), LEASE, 0),
                facts::end);
        for (Runnable write : writes) {
            Thread writer = new Thread(write);
            synchronized (facts) {
                writer.start();
                await().until(() -> writer.getState() == Thread.State.BLOCKED);
            }
            writer.join();
        }
    }

    @Test
    void aNewRegistrationHasNoLeaseBeforeAPollOfItsOwn() {
        node.started();
        String fenced = node.rowId();
        store.fence(List.of(fenced));
        log.before = call -> log.down = call.equals("poll") && !node.rowId().equals(fenced);

        node.feed.tick();

        assertThat(node.rowId()).isNotEqualTo(fenced);
        assertThat(store.nodes().rows()).hasSize(1);
        assertThat(Leases.isRunning(node.current.get())).isFalse();
    }

    @Test
    void aLeaseEndsBeforeANewRowIsThereAndTheFormerRowGoesBehindThat() {
        node.started();
        Facts former = node.current.get();
        store.fence(List.of(former.nodeId()));
        List<String> calls = new ArrayList<>();
        log.before = call -> {
            calls.add(call);
            if (call.equals("register")) {
                assertThat(former.hasEnded()).isTrue();
            } else if (call.equals("remove")) {
                assertThat(node.current.get()).isNotSameAs(former);
            }
        };

        node.feed.tick();

        assertThat(calls).startsWith("poll", "register", "remove", "poll");
    }

    @Test
    void aNodeThatLeavesEndsItsLeaseBeforeItsRowGoes() {
        node.started();
        Facts facts = node.current.get();
        List<String> calls = new ArrayList<>();
        log.before = call -> {
            calls.add(call);
            assertThat(facts.hasEnded()).isTrue();
        };

        node.feed.close();

        assertThat(calls).containsExactly("remove");
    }

    @Test
    void whatIsPushedGoesIntoTheFactsThatAreInForceWhenItComes() {
        node.started();
        RevocationChannel.Receiver receiver = node.current;
        store.fence(List.of(node.rowId()));
        node.feed.tick();
        SessionCopy copy = open(store, 1);
        Revoked revoked = revoke(copy);

        assertThat(receiver.apply(new Message(revoked.upTo().epoch(), revoked.revocations())))
                .contains(node.rowId());

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
    }

    private long appliedByRow() {
        return store.nodes().rows().get(0).applied().position();
    }
}
