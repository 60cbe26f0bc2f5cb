package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static dev.lockstep.revocation.TestNode.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener of the node hears of the feed, of the lease, and of what the node learns. */
class FeedEventsTest extends FeedScenario {

    @Test
    void aPollIsToldWithTheNumberOfFactsAndThenTheLease() {
        node.started();
        assertThat(node.told.take()).containsExactly("nodesListed 1", "logRead", "polled 0", "leaseGranted");

        revoke(open(store, 1));
        node.feed.tick();

        assertThat(node.told.take()).containsExactly("learnt READ", "logRead", "polled 1", "leaseGranted");
    }

    @Test
    void aPollThatFailsIsToldAndTheLeaseOnceItHasRunOut() {
        node.started();
        node.told.take();
        log.down = true;
        node.feed.tick();
        assertThat(node.told.take()).containsExactly("pollFailed StoreUnavailableException");

        clock.advance(LEASE);
        node.feed.tick();
        node.feed.tick();

        assertThat(node.told.of("leaseLost")).containsExactly("leaseLost RAN_OUT");
    }

    @Test
    void aLeaseThatComesBackIsToldAndCanBeLostAgain() {
        node.started();
        clock.sleep(LEASE);
        node.told.take();

        node.feed.tick();
        clock.sleep(LEASE);
        node.feed.tick();

        assertThat(node.told.of("leaseLost", "leaseGranted"))
                .containsExactly("leaseLost RAN_OUT", "leaseGranted", "leaseLost RAN_OUT", "leaseGranted");
    }

    @Test
    void aNodeThatWasFencedHasItsLeaseWithdrawnAndStartsAfresh() {
        node.started();
        node.told.take();
        store.fence(List.of(node.rowId()));

        node.feed.tick();

        assertThat(node.told.of("leaseLost", "leaseGranted")).containsExactly("leaseLost WITHDRAWN", "leaseGranted");
    }

    @Test
    void aNodeThatEndsHasItsLeaseWithdrawnOnce() {
        node.started();
        node.current.end(node.current.get());
        node.feed.close();

        assertThat(node.told.of("leaseLost")).containsExactly("leaseLost WITHDRAWN");
    }

    @Test
    void aNodeThatNeverHadALeaseDoesNotLoseIt() {
        log.down = true;
        node.feed.tick();
        clock.advance(Duration.ofMinutes(1));
        node.feed.tick();
        node.current.end(node.current.get());

        assertThat(node.told.of("leaseLost")).isEmpty();
    }

    @Test
    void whatIsPushedIsToldAsSuchAndOnce() {
        node.started();
        node.told.take();
        List<Revocation> pushed = revoke(open(store, 1)).revocations();

        node.current.apply(new Message(node.current.get().epoch(), pushed));
        node.feed.tick();

        assertThat(node.told.of("learnt", "pushReceived")).containsExactly("learnt PUSHED", "pushReceived true");
    }

    @Test
    void aPushOfAnotherHistoryIsToldAsNotApplied() {
        node.started();
        node.told.take();

        node.current.apply(new Message(
                node.current.get().epoch() + 1, revoke(open(store, 1)).revocations()));

        assertThat(node.told.take()).containsExactly("pushReceived false");
    }

    @Test
    void whatTheNodeItselfRevokedIsToldAsItsOwn() {
        node.started();
        node.told.take();

        node.current.applyOwn(node.current.get().epoch(), revoke(open(store, 1)).revocations());

        assertThat(node.told.take()).containsExactly("learnt OWN");
    }
}
