package dev.lockstep.revocation;

import dev.lockstep.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: while one transaction is under way, what comes gathers for the next one, so that
 * the number per second is not bounded by the store's round trips. Yet each fails alone: a group
 * that the store refuses, rather than being out of reach, is committed in halves, down to the one
 * that it can't commit.
 *
 * <p>Thread-safe. One group at a time is committed, each after the one before, whichever threads do
 * it. The queue and {@code committing} are guarded by this object's lock, which is never held
 * during I/O: whoever finds {@code committing} unset sets it and starts the one committer, which
 * unsets it only when it finds the queue empty under the same lock. So nothing that was queued is
 * ever left behind, whatever a group's commit throws. Nothing is queued once {@code refused} is
 * set, under the same lock too.
 */
final class GroupCommit<T> {

    private final int most;
    private final Consumer<List<T>> commit;
    private final BiConsumer<List<T>, Throwable> fail;
    private final Executor executor;
    private final Queue<T> queue = new ArrayDeque<>();
    private boolean committing;
    private @Nullable Supplier<? extends Throwable> refused;

    /**
     * @param most how many are committed together at most
     * @param commit commits a group, or throws and has committed none of it, or what may be
     *     committed again
     * @param fail takes those that could not be committed, and why; also called, after an error,
     *     for what is done already
     * @param executor runs the committer, once for each group
     */
    GroupCommit(int most, Consumer<List<T>> commit, BiConsumer<List<T>, Throwable> fail, Executor executor) {
        this.most = most;
        this.commit = commit;
        this.fail = fail;
        this.executor = executor;
    }

    void add(T one) {
        Supplier<? extends Throwable> refusal;
        boolean start = false;
        synchronized (this) {
            refusal = refused;
            if (refusal == null) {
                queue.add(one);
                start = !committing;
                committing = true;
            }
        }
        if (refusal != null) {
            fail.accept(List.of(one), refusal.get());
        } else if (start) {
            start();
        }
    }

    /**
     * Fails what is not being committed yet, and what comes later: the committer may never run
     * again.
     */
    void close(Supplier<? extends Throwable> reason) {
        synchronized (this) {
            refused = reason;
        }
        fail.accept(takeAll(), reason.get());
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException | Error e) {
            fail.accept(takeAll(), e);
        }
    }

    private void run() {
        try {
            commitNext();
        } finally {
            if (isMoreToDo()) {
                start();
            }
        }
    }

    private void commitNext() {
        List<T> group = next();
        if (!group.isEmpty()) {
            try {
                commit(group);
            } catch (RuntimeException | Error e) {
                fail.accept(group, e);
            }
        }
    }

    /** @return why the store could not be reached; null if it could */
    private @Nullable StoreUnavailableException commit(List<T> group) {
        try {
            commit.accept(group);
            return null;
        } catch (StoreUnavailableException e) {
            fail.accept(group, e);
            return e;
        } catch (RuntimeException | Error e) {
            return refused(group, e);
        }
    }

    /**
     * The store is there, but does not commit this: who is at fault shows by committing less at a
     * time. If it is away by then, nothing more of the group is tried, since those behind it in the
     * queue wait for as long as it takes to find out.
     */
    private @Nullable StoreUnavailableException refused(List<T> group, Throwable failure) {
        int half = group.size() / 2;
        if (half == 0) {
            fail.accept(group, failure);
            return null;
        }
        List<T> rest = group.subList(half, group.size());
        StoreUnavailableException away = commit(group.subList(0, half));
        if (away == null) {
            return commit(rest);
        }
        fail.accept(rest, away);
        return away;
    }

    private synchronized List<T> next() {
        List<T> group = new ArrayList<>(Math.min(most, queue.size()));
        while (group.size() < most && !queue.isEmpty()) {
            group.add(queue.remove());
        }
        return group;
    }

    private synchronized boolean isMoreToDo() {
        committing = !queue.isEmpty();
        return committing;
    }

    private synchronized List<T> takeAll() {
        List<T> all = new ArrayList<>(queue);
        queue.clear();
        committing = false;
        return all;
    }
}
