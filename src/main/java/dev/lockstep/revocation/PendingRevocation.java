package dev.lockstep.revocation;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One revocation on its way. It is committed in one transaction or in several, each of which is
 * seen through to every node; it is settled when all of them are. What was committed stays so if a
 * later part fails.
 *
 * <p>All of them belong to one history of the store, or it fails: in another one, what an earlier
 * transaction has ended may live again, and what it did not find may be there.
 *
 * <p>Its two stages are safe for all threads; the rest belongs to whoever commits it at the moment,
 * and is handed on through the lock of a {@link GroupCommit}.
 */
final class PendingRevocation {

    private final RevocationTarget target;
    private final CompletableFuture<Void> committed = new CompletableFuture<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> parts = new ArrayList<>();
    private @Nullable Long epoch;

    PendingRevocation(RevocationTarget target) {
        this.target = target;
    }

    RevocationTarget target() {
        return target;
    }

    /** Completes when all is committed; may fail with an exception of the API. */
    CompletableFuture<Void> committed() {
        return committed;
    }

    /** Completes when no node accepts what was revoked; may fail with an exception of the API. */
    CompletableFuture<Void> settled() {
        return settled;
    }

    /**
     * A part was committed.
     *
     * @param head of the store's log, as it was read behind the commit
     */
    void add(LogPosition head, CompletableFuture<Void> settledPart) {
        parts.add(settledPart);
        if (epoch == null) {
            epoch = head.epoch();
        } else if (epoch != head.epoch()) {
            fail(LeaseWait.historyChanged());
        }
    }

    boolean hasFailed() {
        return committed.isCompletedExceptionally();
    }

    /** There are no more parts. */
    void allCommitted() {
        committed.complete(null);
        var unused = CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        settled.complete(null);
                    } else {
                        settled.completeExceptionally(causeOf(failure));
                    }
                });
    }

    void fail(Throwable failure) {
        committed.completeExceptionally(failure);
        settled.completeExceptionally(failure);
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
