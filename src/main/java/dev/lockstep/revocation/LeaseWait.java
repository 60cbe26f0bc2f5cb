package dev.lockstep.revocation;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.SettledBy;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One revocation (or several that were committed together) waiting for the other nodes.
 *
 * <p>It is over when, for every node whose row was there when the rows were read after the commit,
 * one holds: the node acknowledged the push; its {@code applied} has reached the revocation; its
 * row is gone; or 1.25 times its own lease has passed since {@code since}, a moment after the
 * commit. Rows that come later need no waiting: their nodes registered after the commit and see it
 * in their first poll.
 *
 * <p>Thread-safe: acknowledgements come from any thread, readings and the timer's rings from
 * others.
 */
final class LeaseWait {

    private final LogPosition upTo;
    private final NodeClock clock;
    private final long since;
    private final NodeListener observer;
    private final boolean acknowledgementsCount;
    private final Map<String, NodeRow> pending = new HashMap<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable SettledBy last;

    /**
     * @param clock whose monotonic time is read now, after the commit
     * @param nodes that may be trusting copies, as they were read after the commit
     * @param acknowledgementsCount whether what is pushed is all that a node must know
     */
    LeaseWait(LogPosition upTo, NodeClock clock, NodeRows nodes, boolean acknowledgementsCount, NodeListener observer) {
        this.upTo = upTo;
        this.clock = clock;
        this.since = clock.nanoTime();
        this.observer = observer;
        this.acknowledgementsCount = acknowledgementsCount;
        nodes.rows().forEach(row -> pending.put(row.id(), row));
        read(nodes);
    }

    CompletableFuture<Void> over() {
        return over;
    }

    LogPosition upTo() {
        return upTo;
    }

    /** How long ago it began, a moment after the commit. */
    Duration elapsed() {
        return Duration.ofNanos(clock.nanoTime() - since);
    }

    /** How the last node was settled; null where none is. */
    synchronized @Nullable SettledBy settledBy() {
        return last;
    }

    /** How many nodes an acknowledgement would settle. */
    synchronized int acknowledging() {
        return acknowledgementsCount ? pending.size() : 0;
    }

    /** A node has put what was pushed among its facts. */
    void acknowledged(String nodeId) {
        if (acknowledgementsCount) {
            keep(row -> !row.id().equals(nodeId), SettledBy.ACKNOWLEDGEMENT);
        }
    }

    /**
     * Takes in a reading that was begun after the commit. Where its head does not reach what was
     * committed, the commit may be gone, and the wait fails.
     *
     * @param behind at least the nodes that have not applied the log up to {@link #upTo}
     */
    void read(NodeRows behind) {
        if (behind.head().reaches(upTo)) {
            Set<String> ids = behind.rows().stream()
                    .filter(this::isBehind)
                    .map(NodeRow::id)
                    .collect(Collectors.toSet());
            keep(row -> ids.contains(row.id()), SettledBy.READING);
        } else {
            over.completeExceptionally(historyChanged());
        }
    }

    /**
     * Lets the clock say what it can: the leases of nodes run out.
     *
     * @return the nodes whose lease had to be waited out
     */
    List<NodeRow> elapse(long nanos) {
        List<NodeRow> waitedOut = new ArrayList<>();
        keep(row -> nanos - end(row) < 0 || !waitedOut.add(row), SettledBy.WAITING);
        return waitedOut;
    }

    /**
     * When, by the monotonic clock, the next lease is waited out; empty where none is waited for.
     */
    synchronized OptionalLong nextEnd() {
        return pending.values().stream().mapToLong(this::end).reduce((a, b) -> a - b < 0 ? a : b);
    }

    private boolean isBehind(NodeRow row) {
        return !row.applied().reaches(upTo);
    }

    private long end(NodeRow row) {
        return since + ProtocolLimits.certainlyOver(row.lease()).toNanos();
    }

    private void keep(Predicate<NodeRow> stillWaitedFor, SettledBy how) {
        List<String> settled = new ArrayList<>();
        boolean all = settle(row -> !stillWaitedFor.test(row) && settled.add(row.name()), how);
        try {
            settled.forEach(name -> observer.nodeSettled(name, how, elapsed()));
        } finally {
            if (all) {
                over.complete(null);
            }
        }
    }

    /** Whether none is waited for any more. */
    private synchronized boolean settle(Predicate<NodeRow> settled, SettledBy how) {
        if (pending.values().removeIf(settled)) {
            last = how;
        }
        return pending.isEmpty();
    }

    static RevocationUnconfirmedException historyChanged() {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0216 The store's history changed during a logout (it was restored from a backup, or failed"
                        + " over), so that the revocation may be lost. Revoke again to settle it.",
                null);
    }
}
