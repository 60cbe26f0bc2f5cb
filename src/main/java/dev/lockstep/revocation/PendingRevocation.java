package dev.lockstep.revocation;

import dev.lockstep.LockstepException;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationSteps;
import dev.lockstep.spi.RevocationTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One revocation on its way. It is committed in one transaction or in several, each of which is
 * seen through to every node; it is settled when all of them are. What was committed stays so if a
 * later part fails.
 *
 * <p>All of them belong to one history of the store, or it fails: in another one, what an earlier
 * transaction has ended may live again, and what it did not find may be there.
 *
 * <p>Waiting for it is safe for all threads; the rest belongs to whoever commits it at the moment,
 * and is handed on through the lock of a {@link GroupCommit}. The node completes it within a time
 * that docs/internals/logout.md gives, so those who wait need no other deadline.
 */
public final class PendingRevocation {

    private final RevocationTarget target;
    private final @Nullable RevocationSteps steps;
    private final CompletableFuture<Void> committed = new CompletableFuture<>();
    private final CompletableFuture<Settled> settled = new CompletableFuture<>();
    private final List<CompletableFuture<Settled>> parts = new ArrayList<>();
    private @Nullable Long epoch;

    PendingRevocation(RevocationTarget target) {
        this(target, null);
    }

    /** @param steps told of each step; null for nobody */
    PendingRevocation(RevocationTarget target, @Nullable RevocationSteps steps) {
        this.target = target;
        this.steps = steps;
    }

    /** Tells of a step of this call, if anybody follows it. */
    void tell(Consumer<RevocationSteps> step) {
        if (steps != null) {
            step.accept(steps);
        }
    }

    RevocationTarget target() {
        return target;
    }

    /** Completes when all is committed; may fail with an exception of the API. */
    CompletableFuture<Void> committed() {
        return committed;
    }

    /** Completes when no node accepts what was revoked; may fail with an exception of the API. */
    CompletableFuture<Settled> settled() {
        return settled;
    }

    /**
     * Blocks until no node accepts what was revoked.
     *
     * @param patience for how long at most; null for as long as it takes
     * @throws RevocationUnconfirmedException if that is not known
     */
    public RevocationOutcome awaitSettled(@Nullable Duration patience) {
        return await(settled, patience).outcome();
    }

    /** {@link #awaitSettled}, but only until all is committed. */
    public void awaitCommitted(@Nullable Duration patience) {
        var unused = await(committed, patience);
    }

    /**
     * A stage of its own for an application, which completes when no node accepts what was revoked.
     *
     * @param completions where it completes: what follows is the application's, and may take long,
     *     so it is kept off the node's own threads
     */
    public CompletableFuture<RevocationOutcome> settledOn(Executor completions) {
        CompletableFuture<RevocationOutcome> told = new CompletableFuture<>();
        var unused = settled.thenApply(Settled::outcome)
                .whenComplete((outcome, failure) -> complete(
                        failure == null
                                ? () -> told.complete(outcome)
                                : () -> told.completeExceptionally(unconfirmed(causeOf(failure))),
                        completions));
        return told;
    }

    private static void complete(Runnable telling, Executor completions) {
        try {
            completions.execute(telling);
        } catch (RuntimeException | Error e) {
            telling.run();
        }
    }

    private static <T> T await(CompletableFuture<T> stage, @Nullable Duration patience) {
        try {
            return patience == null
                    ? stage.get()
                    : stage.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
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

    /**
     * A part was committed.
     *
     * @param head of the store's log, as it was read behind the commit
     */
    void add(LogPosition head, CompletableFuture<Settled> settledPart) {
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

    /**
     * There are no more parts. Where the committer fails behind that, it commits its group once
     * more: such a part is not waited for, least of all by the thread that settles the others.
     */
    void allCommitted() {
        committed.complete(null);
        List<CompletableFuture<Settled>> all = List.copyOf(parts);
        var unused = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        settled.complete(
                                all.stream().map(CompletableFuture::join).reduce(Settled.NOTHING, Settled::and));
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
