package dev.lockstep.store.jdbc;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * The lanes of a store, all of whose threads together are as many as its settings say.
 *
 * @param reads finds, lists and touches: anybody can ask for any number of unknown tokens, and starves these only
 * @param logins new sessions
 * @param revocations what appends to the log; they queue for the clock row anyway
 * @param feed polls and node rows; never behind a revocation that waits for the clock row
 * @param housekeeping what removes rows and fences nodes, one after another: nobody waits for it, and it may take long
 */
record Lanes(Lane reads, Lane logins, Lane revocations, Lane feed, Lane housekeeping, NodeClock clock) {

    Lanes(NodeListener listener, int threads, int queue, ThreadFactory factory, NodeClock clock, Failures failures) {
        this(
                new Lane("reads", listener, threads - 3 * small(threads) - 1, queue, factory, clock, failures),
                new Lane("logins", listener, small(threads), queue, factory, clock, failures),
                new Lane("revocations", listener, small(threads), queue, factory, clock, failures),
                new Lane("feed", listener, small(threads), queue, factory, clock, failures),
                new Lane("housekeeping", listener, 1, queue, factory, clock, failures),
                clock);
    }

    private static int small(int threads) {
        return threads >= 8 ? 2 : 1;
    }

    int busy() {
        return all().stream().mapToInt(Lane::busy).sum();
    }

    int waiting() {
        return all().stream().mapToInt(Lane::waiting).sum();
    }

    void shutdown() {
        all().forEach(Lane::shutdown);
    }

    /** Waits for all threads to end, or until interrupted. */
    void awaitEnd(Duration timeout) {
        Deadline deadline = Deadline.after(clock, timeout);
        try {
            for (Lane lane : all()) {
                lane.awaitEnd(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Lane> all() {
        return List.of(reads, logins, revocations, feed, housekeeping);
    }
}
