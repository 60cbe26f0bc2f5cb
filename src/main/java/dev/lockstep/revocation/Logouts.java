package dev.lockstep.revocation;

import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.SessionStore;
import dev.lockstep.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commits revocations, and sees them through until no node can accept what they revoked.
 *
 * <p>Group commit: while one transaction is under way, the revocations that come gather for the next one, so that their
 * number per second is not bounded by the store's round trips. Each has its own outcome; a transaction that fails fails
 * for all that were in it, which is safe, since a revocation may be repeated.
 *
 * <p>Thread-safe. The queue and {@code committing} are guarded by this object's lock, which is never held during I/O:
 * whoever finds {@code committing} unset sets it and starts the one committer, which unsets it only when it finds the
 * queue empty under the same lock. So nothing that was queued is ever left behind. Nothing is queued once {@code closed}
 * is set, under the same lock too.
 */
final class Logouts {

    private static final int GROUP = 256;

    private final SessionStore store;
    private final Settlement settlement;
    private final Executor executor;
    private final Queue<Logout> queue = new ArrayDeque<>();
    private boolean committing;
    private boolean closed;

    /** @param executor runs the committer, which blocks while it talks to the store */
    Logouts(SessionStore store, Settlement settlement, Executor executor) {
        this.store = store;
        this.settlement = settlement;
        this.executor = executor;
    }

    /** A revocation in two steps, each of which may fail with an exception of the API. */
    record Progress(CompletableFuture<Void> committed, CompletableFuture<Void> settled) {

        Progress() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }

        void fail(Throwable failure) {
            committed.completeExceptionally(failure);
            settled.completeExceptionally(failure);
        }
    }

    Progress revoke(RevocationTarget target) {
        Logout logout = new Logout(target, new Progress());
        boolean start;
        synchronized (this) {
            if (closed) {
                logout.progress.fail(ended());
                return logout.progress;
            }
            queue.add(logout);
            start = !committing;
            committing = true;
        }
        if (start) {
            startCommitter();
        }
        return logout.progress;
    }

    /** Fails what is not being committed yet, and what comes later: the committer may never run again. */
    void close() {
        List<Logout> queued;
        synchronized (this) {
            closed = true;
            queued = new ArrayList<>(queue);
            queue.clear();
        }
        fail(queued, ended());
    }

    private static StoreUnavailableException ended() {
        return new StoreUnavailableException(
                "LOCKSTEP-0214 The application ended here before the revocation began.", null);
    }

    private void startCommitter() {
        try {
            executor.execute(this::commitAll);
        } catch (RuntimeException e) {
            forEachGroup(group -> fail(group, e));
        }
    }

    private void commitAll() {
        forEachGroup(this::commit);
    }

    private void forEachGroup(Consumer<List<Logout>> action) {
        for (List<Logout> group = next(); !group.isEmpty(); group = next()) {
            action.accept(group);
        }
    }

    private synchronized List<Logout> next() {
        List<Logout> group = new ArrayList<>();
        while (group.size() < GROUP && !queue.isEmpty()) {
            group.add(queue.remove());
        }
        if (group.isEmpty()) {
            committing = false;
        }
        return group;
    }

    private void commit(List<Logout> group) {
        try {
            List<Revoked> outcomes =
                    store.revoke(group.stream().map(Logout::target).toList());
            settle(group, outcomes);
        } catch (RuntimeException | Error e) {
            fail(group, e);
        }
    }

    private static void fail(List<Logout> group, Throwable failure) {
        group.forEach(logout -> logout.progress.fail(failure));
    }

    private void settle(List<Logout> group, List<Revoked> outcomes) {
        CompletableFuture<Void> settled = settlement.settle(outcomes);
        for (Logout logout : group) {
            logout.progress.committed.complete(null);
        }
        var unused = settled.whenComplete((nothing, failure) -> group.forEach(logout -> finish(logout, failure)));
    }

    private static void finish(Logout logout, @Nullable Throwable failure) {
        if (failure == null) {
            logout.progress.settled.complete(null);
        } else {
            logout.progress.settled.completeExceptionally(failure);
        }
    }

    private record Logout(RevocationTarget target, Progress progress) {}
}
