package dev.lockstep.revocation;

import dev.lockstep.LogPosition;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a commit is still part of the store's history when the waiting for it is over. Neither an acknowledgement nor the
 * clock can tell: a node that still has facts of the former history acknowledges what is gone from the restored database.
 *
 * <p>Whoever sets a store back keeps it closed for {@link #CLOSED_LEASES} times the longest lease after it was last
 * reachable. So a wait that is over by then is over before another history can be in force. One that takes longer, by a
 * slow commit or by a process that stood still, needs one more reading of the log's head, sent when it was over.
 *
 * <p>Thread-safe.
 */
final class Confirmation {

    /** As docs/howto/logout-settings.md tells operators. */
    static final int CLOSED_LEASES = 2;

    /** The store was there a moment ago; a logout that can't be confirmed need not hang. */
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final RevocationLog log;
    private final NodeClock clock;
    private final RevocationNode.Threads threads;

    Confirmation(RevocationLog log, NodeClock clock, RevocationNode.Threads threads) {
        this.log = log;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Completes a logout, now or after a reading, or fails it where its commit may be gone.
     *
     * @param nodes as they were read after the commit
     * @param sent before the commit was sent
     */
    void confirm(LogPosition upTo, NodeRows nodes, Lease.Start sent, CompletableFuture<Void> confirmed) {
        if (isInTime(sent, longestLease(nodes).multipliedBy(CLOSED_LEASES))) {
            confirmed.complete(null);
        } else {
            arrange(upTo, confirmed);
        }
    }

    /** By both clocks: the monotonic one stands still while a machine is suspended. */
    private boolean isInTime(Lease.Start sent, Duration closed) {
        return clock.nanoTime() - sent.nanos() <= closed.toNanos()
                && clock.wallMillis() - sent.wallMillis() <= closed.toMillis();
    }

    private void arrange(LogPosition upTo, CompletableFuture<Void> confirmed) {
        try {
            threads.reading().execute(() -> read(upTo, confirmed));
            var unused = threads.timer()
                    .schedule(
                            () -> confirmed.completeExceptionally(unread(null)),
                            DEADLINE.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RuntimeException | Error e) {
            confirmed.completeExceptionally(unread(e));
        }
    }

    private void read(LogPosition upTo, CompletableFuture<Void> confirmed) {
        try {
            if (log.nodesBehind(upTo).head().reaches(upTo)) {
                confirmed.complete(null);
            } else {
                confirmed.completeExceptionally(Wait.historyChanged());
            }
        } catch (RuntimeException | Error e) {
            confirmed.completeExceptionally(unread(e));
        }
    }

    private static Duration longestLease(NodeRows nodes) {
        return nodes.rows().stream()
                .map(NodeRow::lease)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static RevocationUnconfirmedException unread(@Nullable Throwable e) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0221 The revocation was committed, but that was so long ago that the store must be asked whether it"
                        + " still holds, and it does not answer. Revoke again to settle it.",
                e);
    }
}
