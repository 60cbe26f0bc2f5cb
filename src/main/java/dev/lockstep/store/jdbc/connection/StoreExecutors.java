package dev.lockstep.store.jdbc.connection;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * The executors of a store, all of whose threads together are as many as its settings say.
 *
 * @param reads finds, lists and touches: anybody can ask for any number of unknown tokens, and
 *     starves these only
 * @param logins new sessions
 * @param revocations what appends to the log; they queue for the clock row anyway
 * @param feed polls and node rows; never behind a revocation that waits for the clock row
 * @param housekeeping what removes rows and fences nodes, one after another: nobody waits for it,
 *     and it may take long
 * @param failures what callers are told
 */
public record StoreExecutors(
        StoreExecutor reads,
        StoreExecutor logins,
        StoreExecutor revocations,
        StoreExecutor feed,
        StoreExecutor housekeeping,
        NodeClock clock,
        Failures failures) {

    public StoreExecutors(
            NodeListener listener, int threads, int queue, ThreadFactory factory, NodeClock clock, Failures failures) {
        this(
                new StoreExecutor("reads", listener, threads - 3 * small(threads) - 1, queue, factory, clock, failures),
                new StoreExecutor("logins", listener, small(threads), queue, factory, clock, failures),
                new StoreExecutor("revocations", listener, small(threads), queue, factory, clock, failures),
                new StoreExecutor("feed", listener, small(threads), queue, factory, clock, failures),
                new StoreExecutor("housekeeping", listener, 1, queue, factory, clock, failures),
                clock,
                failures);
    }

    private static int small(int threads) {
        return threads >= 8 ? 2 : 1;
    }

    public int busy() {
        return all().stream().mapToInt(StoreExecutor::busy).sum();
    }

    public int waiting() {
        return all().stream().mapToInt(StoreExecutor::waiting).sum();
    }

    public void shutdown() {
        all().forEach(StoreExecutor::shutdown);
    }

    /** Waits for all threads to end, or until interrupted. */
    public void awaitEnd(Duration timeout) {
        Deadline deadline = Deadline.after(clock, timeout);
        try {
            for (StoreExecutor executor : all()) {
                executor.awaitEnd(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<StoreExecutor> all() {
        return List.of(reads, logins, revocations, feed, housekeeping);
    }
}
