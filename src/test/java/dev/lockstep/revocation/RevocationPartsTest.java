package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A revocation that is committed in several transactions. */
class RevocationPartsTest {

    private static final LogPosition HEAD = new LogPosition(1, 1);

    private final PendingRevocation pending = new PendingRevocation(new OfPrincipal("alice"));

    @Test
    void itIsSettledWhenAllItsPartsAre() {
        CompletableFuture<Settled> first = new CompletableFuture<>();
        CompletableFuture<Settled> second = new CompletableFuture<>();
        pending.add(HEAD, first);
        pending.add(HEAD, second);
        pending.allCommitted();

        first.complete(Settled.NOTHING);
        assertThat(pending.settled()).isNotDone();
        second.complete(Settled.NOTHING);
        assertThat(pending.settled()).isCompleted();
    }

    /** As where an Error breaks the committer, which then commits its group once more. */
    @Test
    void aPartThatComesBehindTheLastHoldsUpNobody() {
        CompletableFuture<Settled> first = new CompletableFuture<>();
        pending.add(HEAD, first);
        pending.allCommitted();
        pending.add(HEAD, new CompletableFuture<>());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> first.complete(Settled.NOTHING));

        assertThat(pending.settled()).isCompleted();
    }
}
