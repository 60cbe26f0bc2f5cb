package dev.lockstep.revocation;

import dev.lockstep.LogPosition;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.Certainty;
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

/**
 * One revocation (or several that were committed together) waiting for the other nodes.
 *
 * <p>It is over when, for every node whose row was there when the rows were read after the commit, one holds: the node
 * acknowledged the push; its {@code applied} has reached the revocation; its row is gone; or 1.25 times its own lease has
 * passed since {@code since}, a moment after the commit. Rows that come later need no waiting: their nodes registered
 * after the commit and see it in their first poll.
 *
 * <p>Thread-safe: acknowledgements come from any thread, readings and the timer's rings from others.
 */
final class Wait {

    private final LogPosition upTo;
    private final NodeClock clock;
    private final long since;
    private final NodeListener observer;
    private final boolean acknowledgementsCount;
    private final Map<String, NodeRow> pending = new HashMap<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * @param clock whose monotonic time is read now, after the commit
     * @param nodes that may be trusting copies, as they were read after the commit
     * @param acknowledgementsCount whether what is pushed is all that a node must know
     */
    Wait(LogPosition upTo, NodeClock clock, NodeRows nodes, boolean acknowledgementsCount, NodeListener observer) {
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

    /** A node has put what was pushed among its facts. */
    void acknowledged(String nodeId) {
        if (acknowledgementsCount) {
            keep(row -> !row.id().equals(nodeId), Certainty.ACKNOWLEDGED);
        }
    }

    /**
     * Takes in a reading that was begun after the commit. Where its head does not reach what was committed, the commit may
     * be gone, and the wait fails.
     *
     * @param behind at least the nodes that have not applied the log up to {@link #upTo}
     */
    void read(NodeRows behind) {
        if (behind.head().reaches(upTo)) {
            Set<String> ids = behind.rows().stream()
                    .filter(this::isBehind)
                    .map(NodeRow::id)
                    .collect(Collectors.toSet());
            keep(row -> ids.contains(row.id()), Certainty.READ);
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
        keep(row -> nanos - end(row) < 0 || !waitedOut.add(row), Certainty.WAITED_OUT);
        return waitedOut;
    }

    /** When, by the monotonic clock, the next lease is waited out; empty where none is waited for. */
    synchronized OptionalLong nextEnd() {
        return pending.values().stream().mapToLong(this::end).reduce((a, b) -> a - b < 0 ? a : b);
    }

    private boolean isBehind(NodeRow row) {
        return !row.applied().reaches(upTo);
    }

    private long end(NodeRow row) {
        return since + ProtocolLimits.certainlyOver(row.lease()).toNanos();
    }

    private void keep(Predicate<NodeRow> stillWaitedFor, Certainty how) {
        List<String> certain = new ArrayList<>();
        boolean none = nonePending(row -> stillWaitedFor.test(row) || !certain.add(row.name()));
        try {
            certain.forEach(name -> observer.certain(name, how, Duration.ofNanos(clock.nanoTime() - since)));
        } finally {
            if (none) {
                over.complete(null);
            }
        }
    }

    private synchronized boolean nonePending(Predicate<NodeRow> stillWaitedFor) {
        pending.values().removeIf(stillWaitedFor.negate());
        return pending.isEmpty();
    }

    static RevocationUnconfirmedException historyChanged() {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0216 The store's history changed during a logout (it was restored from a backup, or failed"
                        + " over), so that the revocation may be lost. Revoke again to settle it.",
                null);
    }
}
