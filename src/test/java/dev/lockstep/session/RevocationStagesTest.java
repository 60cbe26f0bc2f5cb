package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.RevocationsMissed;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.RevocationListener;
import dev.lockstep.revocation.RevocationNode;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever waits for the stage of a revocation is told how it ended, whatever becomes of the
 * threads.
 */
class RevocationStagesTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final SessionThreads threads = new SessionThreads(Thread::new);
    private final RevocationNode node = new RevocationNode(
            RevocationSettings.of("a node", Duration.ZERO, WITHIN, WITHIN),
            new NaiveStore(),
            null,
            null,
            null,
            new Deaf(),
            NodeClock.SYSTEM,
            threads.ofNode(),
            NodeListener.NONE);

    @AfterEach
    void close() {
        node.close();
        threads.close();
    }

    @Test
    void aStageCompletesThoughNoThreadCanBeMadeForIt() {
        Executor broken = telling -> {
            throw new OutOfMemoryError("unable to create native thread, in a test");
        };

        CompletableFuture<RevocationOutcome> stage = begin("alice", broken);

        assertThat(stage).succeedsWithin(WITHIN);
    }

    @Test
    void aStageThatIsBehindOthersCompletesWhenTheNodeEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(2);
        Runnable hang = () -> {
            busy.countDown();
            awaitInterrupt(never);
        };
        threads.completions().execute(hang);
        threads.completions().execute(hang);
        busy.await();
        CompletableFuture<RevocationOutcome> stage = begin("alice", threads.completions());
        node.committer().revoke(new OfPrincipal("bob")).awaitSettled(WITHIN);

        node.close();
        threads.close();

        assertThat(stage).isCompleted();
    }

    private CompletableFuture<RevocationOutcome> begin(String principal, Executor completions) {
        return node.committer().revoke(new OfPrincipal(principal)).settledOn(completions);
    }

    private static void awaitInterrupt(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Deaf implements RevocationListener {

        @Override
        public void dropCopies(TokenDigest digest) {}

        @Override
        public void dropShared(TokenDigest digest) {}

        @Override
        public void learnt(Revocation revocation, Duration lag) {}

        @Override
        public void missed(RevocationsMissed missed) {}
    }
}
