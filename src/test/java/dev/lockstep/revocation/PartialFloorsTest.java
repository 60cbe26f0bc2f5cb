package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node makes of revocations of which the store knew no session. */
class PartialFloorsTest extends FeedScenario {

    static List<RevocationTarget> whateverMeansTheFirstSession() {
        return List.of(
                new OfToken(RevocationSamples.digest(1)),
                new OfId("session-1"),
                new OfPrincipal("alice"),
                new RevocationTarget.OthersOf("alice", "another"),
                new OfApplication());
    }

    @ParameterizedTest
    @MethodSource("whateverMeansTheFirstSession")
    void aCopyOfASessionThatVanishedIsNotUsedOnceThatIsTold(RevocationTarget gone) {
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        store.vanish(copy.digest());

        store.announce(List.of(gone));
        node.feed.tick();

        assertThat(node.judge(copy)).isNotEqualTo(Verdict.LIVE);
    }

    @Test
    void aSessionThatIsThereInSpiteOfItIsUsedOnceTheStoreHasVouchedForItAgain() {
        node.started();
        SessionCopy copy = open(store, 1);
        store.announce(List.of(new OfId("session-1"), new OfPrincipal("alice")));
        node.feed.tick();
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);

        assertThat(node.judge(store.find(copy.digest()))).isEqualTo(Verdict.LIVE);
    }

    @Test
    void othersAreNotConcerned() {
        node.started();
        SessionCopy copy = open(store, 1);
        store.announce(
                List.of(new OfToken(RevocationSamples.digest(2)), new OfId("session-2"), new OfPrincipal("bob")));

        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        assertThat(node.current.get().isRevoked(RevocationSamples.digest(2))).isTrue();
    }

    @Test
    void aFloorNeverFalls() {
        PartialFloors floors = new PartialFloors();
        Session session = open(store, 1).session();

        floors.raiseOfSession("session-1", 7);
        floors.raiseOfSession("session-1", 3);
        assertThat(floors.areReached(session, 6)).isFalse();
        assertThat(floors.areReached(session, 7)).isTrue();

        floors.raiseOfPrincipal("alice", 9);
        assertThat(floors.areReached(session, 8)).isFalse();
        assertThat(floors.areReached(session, 9)).isTrue();
    }

    /** The hashes of both names differ in their upper halves alone. */
    @Test
    void allOfANamesHashSaysWhichFloorItHas() {
        String other = "bob-16739";
        assertThat(other.hashCode() & 0xffff).isEqualTo("alice".hashCode() & 0xffff);
        PartialFloors floors = new PartialFloors();

        floors.raiseOfPrincipal(other, 9);

        assertThat(floors.areReached(open(store, 1).session(), 8)).isTrue();
    }
}
