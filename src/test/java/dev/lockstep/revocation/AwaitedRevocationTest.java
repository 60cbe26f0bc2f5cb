package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What callers hear of a revocation that they wait for. */
class AwaitedRevocationTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final PendingRevocation pending = new PendingRevocation(new OfPrincipal("alice"));
    private final CompletableFuture<Settled> part = new CompletableFuture<>();

    @Test
    void theirPatienceEnds() {
        commit();

        pending.awaitCommitted(SHORT);
        assertThatThrownBy(() -> pending.awaitSettled(SHORT))
                .isInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageStartingWith("LOCKSTEP-0211 ")
                .hasMessageContaining("longer than the PT0.001S");
    }

    @Test
    void howItEnded() {
        commit();
        part.complete(Settled.atOnce(Set.of("one", "two"), 7));

        RevocationOutcome outcome = pending.awaitSettled(null);

        assertThat(outcome.nodes()).isEqualTo(2);
        assertThat(outcome.since().toEpochMilli()).isEqualTo(7);
        assertThat(pending.awaitSettled(SHORT)).isEqualTo(outcome);
    }

    @Test
    void thatTheyWereInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pending.awaitCommitted(null))
                .isInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whyItFailed() {
        pending.fail(new StoreUnavailableException("LOCKSTEP-0000 down for a test", null));

        assertThatThrownBy(() -> pending.awaitCommitted(null))
                .isInstanceOf(RevocationUnconfirmedException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0211 ")
                .hasMessageContaining(": LOCKSTEP-0000 down for a test");
        assertThat(pending.hasFailed()).isTrue();
    }

    /** Of an exception that is not the library's the class says more than its message. */
    @Test
    void whyAPartOfItFailed() {
        commit();
        assertThat(pending.hasFailed()).isFalse();
        part.completeExceptionally(new IllegalStateException("a failure of a test"));

        assertThat(pending.settled()
                        .<Object>handle((settled, failure) -> failure)
                        .join())
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pending.awaitSettled(null))
                .hasCauseExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.IllegalStateException: a failure of a test");
    }

    /** An application's code may take long: the threads that settle others are not for it. */
    @Test
    void aStageCompletesWhereTheCallerSays() {
        Queue<Runnable> completions = new ArrayDeque<>();
        CompletableFuture<RevocationOutcome> stage = pending.settledOn(completions::add);
        commit();
        assertThat(completions).isEmpty();

        part.complete(Settled.atOnce(Set.of("one"), 7));
        assertThat(stage).isNotDone();
        completions.remove().run();

        assertThat(stage.join()).isEqualTo(pending.awaitSettled(null));
    }

    @Test
    void aStageFailsAsACallDoes() {
        CompletableFuture<RevocationOutcome> stage = pending.settledOn(telling -> {
            throw new OutOfMemoryError("a failure of a test");
        });

        pending.fail(new StoreUnavailableException("LOCKSTEP-0000 down for a test", null));

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RevocationUnconfirmedException.class)
                .withMessageContaining("on every node: LOCKSTEP-0000 down for a test");
    }

    private void commit() {
        pending.add(new LogPosition(1, 1), part);
        pending.allCommitted();
    }
}
