package dev.lockstep.store.jdbc;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * The lanes of a store, all of whose threads together are as many as its settings say.
 *
 * @param sessions reads, new sessions and touches
 * @param revocations what appends to the log; they queue for the clock row anyway
 * @param feed polls and node rows; never behind a revocation that waits for the clock row
 */
record Lanes(Lane sessions, Lane revocations, Lane feed, NodeClock clock) {

    Lanes(int threads, int queue, ThreadFactory factory, NodeClock clock) {
        this(
                new Lane(threads - 2 * small(threads), queue, factory, clock),
                new Lane(small(threads), queue, factory, clock),
                new Lane(small(threads), queue, factory, clock),
                clock);
    }

    private static int small(int threads) {
        return threads >= 8 ? 2 : 1;
    }

    int busy() {
        return sessions.busy() + revocations.busy() + feed.busy();
    }

    void shutdown() {
        sessions.shutdown();
        revocations.shutdown();
        feed.shutdown();
    }

    /** Waits for all threads to end, or until interrupted. */
    void awaitEnd(Duration timeout) {
        Deadline deadline = Deadline.after(clock, timeout);
        try {
            sessions.awaitEnd(deadline);
            revocations.awaitEnd(deadline);
            feed.awaitEnd(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
