package dev.lockstep.session;

import dev.lockstep.LockstepException;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.revocation.RevocationNode;
import dev.lockstep.spi.RevocationTarget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions, and waits until that is true, for as long as the caller has patience. Thread-safe.
 */
final class RevocationAwaiter {

    private final RevocationNode node;
    private final boolean untilTrue;
    private final Executor completions;
    private final @Nullable Duration patience;

    /**
     * @param untilTrue whether to wait until no node accepts the tokens any more, rather than for
     *     the commit
     * @param completions where stages complete
     */
    RevocationAwaiter(RevocationNode node, boolean untilTrue, Executor completions) {
        this(node, untilTrue, completions, null);
    }

    private RevocationAwaiter(
            RevocationNode node, boolean untilTrue, Executor completions, @Nullable Duration patience) {
        this.node = node;
        this.untilTrue = untilTrue;
        this.completions = completions;
        this.patience = patience;
    }

    RevocationAwaiter within(Duration patience) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("LOCKSTEP-0218 Patience is positive, not " + patience + ".");
        }
        return new RevocationAwaiter(node, untilTrue, completions, patience);
    }

    void revoke(RevocationTarget target) {
        await(untilTrue ? node.revoke(target) : node.revokeWithoutWaiting(target));
    }

    /**
     * What follows the stage is the application's, and may take long: it is kept off the node's own
     * threads.
     */
    CompletableFuture<Void> begin(RevocationTarget target) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        var unused = node.revoke(target).whenComplete((nothing, failure) -> complete(told, failure));
        return told;
    }

    private void complete(CompletableFuture<Void> told, @Nullable Throwable failure) {
        Runnable telling =
                failure == null ? () -> told.complete(null) : () -> told.completeExceptionally(unconfirmed(failure));
        try {
            completions.execute(telling);
        } catch (RuntimeException | Error e) {
            telling.run();
        }
    }

    /**
     * The node completes it within a time that docs/internals/logout.md gives, so no other deadline
     * is needed here.
     */
    void await(CompletableFuture<Void> revocation) {
        try {
            if (patience == null) {
                revocation.get();
            } else {
                revocation.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed("this thread was interrupted while it waited.", e);
        } catch (TimeoutException e) {
            throw unconfirmed("it took longer than the " + patience + " that the caller gave it, and goes on.", e);
        } catch (ExecutionException e) {
            throw unconfirmed(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RevocationUnconfirmedException unconfirmed(Throwable cause) {
        String reason = cause instanceof LockstepException ? String.valueOf(cause.getMessage()) : cause.toString();
        return unconfirmed(reason, cause);
    }

    private static RevocationUnconfirmedException unconfirmed(String reason, Throwable cause) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0211 It is not known whether the revocation holds on every node: " + reason
                        + " Revoke again to settle it.",
                cause);
    }
}
