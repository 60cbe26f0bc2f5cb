package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationSteps;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever follows a call hears of it, such as a trace; threads are moved by hand. */
class RevocationStepsTest {

    private static final String SLOW = "slow-1";

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler committing = new HandScheduler(clock);
    private final HandScheduler threads = new HandScheduler(clock);
    private final RecordedChannel channel = new RecordedChannel();
    private final RecordedSteps steps = new RecordedSteps();
    private final Settlement settlement = new Settlement(
            new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE),
            new LeaseWaits(
                    log,
                    id -> false,
                    Duration.ofMillis(25),
                    clock,
                    new NodeThreads(threads, threads, threads, threads, threads),
                    NodeListener.NONE),
            channel,
            Duration.ofSeconds(1),
            NodeListener.NONE);
    private final RevocationCommitter logouts = new RevocationCommitter(
            Writes.of(store, log),
            settlement,
            new Announcements(log, settlement, clock, committing),
            committing,
            clock,
            new Following());

    @BeforeEach
    void start() {
        store.register(SLOW, "a slow node", Duration.ofMinutes(1));
        log.before = call -> clock.advance(Duration.ofMillis(7));
    }

    @Test
    void itsCommitItsPushAndItsEnd() {
        logouts.revoke(new OfToken(open(store, 1).digest()));
        committing.run();
        assertThat(steps.heard).containsExactly("committed in PT0.007S", "pushed to 1");

        channel.pushed.get(0).acknowledged().accept(SLOW);

        assertThat(steps.heard).last().isEqualTo("ended on 1 nodes");
    }

    /** What the store does not know is committed in vain, and once more as an announcement. */
    @Test
    void anAnnouncementIsAPartLikeAnyOther() {
        logouts.revoke(new OfToken(digest(1)));
        committing.run();

        assertThat(steps.heard).containsExactly("committed in PT0.007S", "committed in PT0.007S", "pushed to 1");
    }

    @Test
    void whyItFailed() {
        log.down = true;
        logouts.revoke(new OfToken(digest(1)));

        committing.run();

        assertThat(steps.heard).containsExactly("failed with StoreUnavailableException");
    }

    private final class Following implements NodeListener {

        @Override
        public RevocationSteps revoking() {
            return steps;
        }
    }

    private static final class RecordedSteps implements RevocationSteps {

        final List<String> heard = new ArrayList<>();

        @Override
        public void committed(Duration took) {
            heard.add("committed in " + took);
        }

        @Override
        public void pushed(int nodes) {
            heard.add("pushed to " + nodes);
        }

        @Override
        public void ended(@Nullable RevocationOutcome outcome, @Nullable Throwable failure) {
            heard.add(
                    outcome == null
                            ? "failed with " + failure.getClass().getSimpleName()
                            : "ended on " + outcome.nodes() + " nodes");
        }
    }
}
