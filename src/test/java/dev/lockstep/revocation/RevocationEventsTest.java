package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a listener of the node hears of the ends of sessions; the store keeps no log. */
class RevocationEventsTest {

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final HandScheduler committing = new HandScheduler(clock);
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final RevocationCommitter logouts = new RevocationCommitter(
            Writes.of((SessionStore) store, null),
            new Settlement(
                    new CurrentFacts(clock, new RecordedListener(), told.listener()),
                    null,
                    null,
                    Duration.ofSeconds(1),
                    told.listener()),
            null,
            committing,
            clock,
            told.listener());
    private int sessions;

    @Test
    void eachEndIsToldByWhatItWasAskedFor() {
        open("alice", "alice", "alice", "bob", "bob", "carol");

        assertThat(ended(new OfToken(digest(1)))).containsExactly("sessionsEnded TOKEN 1");
        assertThat(ended(new OthersOf("alice", "session-2"))).containsExactly("sessionsEnded OTHERS 1");
        assertThat(ended(new OfId("session-2"))).containsExactly("sessionsEnded ID 1");
        assertThat(ended(new OfPrincipal("bob"))).containsExactly("sessionsEnded PRINCIPAL 2");
        assertThat(ended(new OfApplication())).containsExactly("sessionsEnded APPLICATION 1");
        assertThat(ended(new OfId("session-2"))).isEmpty();
    }

    /** It ends by the hundred where nobody has logged out. */
    @Test
    void thoseByWhichNodesTryWhetherRevocationsAreTrueAreNotCounted() {
        open(ReservedPrincipal.CANARY, ReservedPrincipal.CANARY, "alice", "alice");

        assertThat(ended(new OfToken(digest(1)))).isEmpty();
        assertThat(ended(new OfApplication())).containsExactly("sessionsEnded APPLICATION 2");
    }

    @Test
    void aCommitIsToldWithTheNumberOfCallsInItAndEachCallWithItsEnd() {
        logouts.revoke(new OfId("one"));
        logouts.revoke(new OfId("two"));
        committing.run();

        assertThat(told.take()).containsExactly("revocationsCommitted 2", "revoked -", "revoked -");

        logouts.close();
        logouts.revoke(new OfId("three"));
        assertThat(told.take()).containsExactly("revoked StoreUnavailableException");
    }

    @Test
    void aRotationIsACommitToo() {
        open("alice");

        var rotation = Objects.requireNonNull(logouts.rotate(digest(1), digest(2)));
        assertThat(rotation.copy().digest()).isEqualTo(digest(2));
        assertThat(rotation.revocation().settled()).isCompleted();
        assertThat(told.take()).containsExactly("revocationsCommitted 1");

        assertThat(logouts.rotate(digest(1), digest(3))).isNull();
        assertThat(told.take()).isEmpty();
    }

    private void open(String... principals) {
        for (String principal : principals) {
            sessions++;
            store.open(new NewSession(
                    "session-" + sessions,
                    digest(sessions),
                    principal,
                    Set.of(),
                    Map.of(),
                    Duration.ofHours(12),
                    Duration.ofHours(1)));
        }
    }

    private List<String> ended(RevocationTarget target) {
        told.take();
        logouts.revoke(target);
        committing.run();
        return told.of("sessionsEnded");
    }
}
