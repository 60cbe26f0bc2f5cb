package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A commit that takes so long that the store may have been set back meanwhile is asked for once
 * more, although nobody has to be waited for behind it.
 */
class SlowCommitTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler threads = new HandScheduler(clock);
    private final HandScheduler committing = new HandScheduler(clock);
    private final Settlement settlement = new Settlement(
            new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE),
            new LeaseWaits(
                    log,
                    id -> false,
                    Duration.ofMillis(25),
                    clock,
                    new NodeThreads(threads, threads, threads, threads, threads),
                    NodeListener.NONE),
            null,
            Duration.ofSeconds(1),
            NodeListener.NONE);
    private final RevocationCommitter logouts = new RevocationCommitter(
            Writes.of(store, log),
            settlement,
            new Announcements(log, settlement, clock, committing),
            committing,
            clock,
            NodeListener.NONE);

    @Test
    void ofARevocation() {
        openWhereAllIsApplied();
        isSlow("commitRevocations");

        assertAsks(revoke(1));
    }

    @Test
    void ofWhatTheStoreDoesNotKnow() {
        openWhereAllIsApplied();
        isSlow("announce");

        assertAsks(revoke(2));
    }

    @Test
    void ofARotation() {
        SessionCopy copy = openWhereAllIsApplied();
        isSlow("commitRotation");

        assertAsks(logouts.rotate(copy.digest(), digest(2)).revocation().settled());
    }

    private SessionCopy openWhereAllIsApplied() {
        store.register("other", "another node", LEASE);
        store.acknowledge("other", new LogPosition(store.nodes().head().epoch(), 100));
        return RevocationSamples.open(store, 1);
    }

    /** The clock moves before the commit is made: the store takes long. */
    private void isSlow(String commit) {
        log.before = call -> {
            if (call.equals(commit)) {
                clock.advance(LEASE.multipliedBy(2));
            }
        };
    }

    private CompletableFuture<Settled> revoke(int number) {
        CompletableFuture<Settled> settled =
                logouts.revoke(new OfToken(digest(number))).settled();
        committing.run();
        return settled;
    }

    private void assertAsks(CompletableFuture<Settled> settled) {
        assertThat(settled).isNotDone();
        threads.run();
        assertThat(settled).isCompleted();
    }
}
