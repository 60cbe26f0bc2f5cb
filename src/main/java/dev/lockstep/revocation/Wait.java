package dev.lockstep.revocation;

import dev.lockstep.LogPosition;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One revocation (or several that were committed together) waiting for the other nodes.
 *
 * <p>It is over when, for every node whose row was there when the rows were first read after the commit, one holds: the
 * node acknowledged the push; its {@code applied} has reached the revocation; its row is gone; or 1.25 times its own
 * lease has passed since {@code since}, a moment after the commit and before the rows were read. Rows that come later
 * need no waiting: their nodes registered after the commit and see it in their first poll.
 *
 * <p>Thread-safe: acknowledgements come from any thread, readings from the waiting room.
 */
final class Wait {

    private final LogPosition upTo;
    private final long since;
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, NodeRow> pending = new HashMap<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean begun;

    /** @param since the monotonic clock, read after the commit */
    Wait(LogPosition upTo, long since) {
        this.upTo = upTo;
        this.since = since;
    }

    CompletableFuture<Void> over() {
        return over;
    }

    long since() {
        return since;
    }

    /** A node has put the revocation among its facts. */
    void acknowledged(String nodeId) {
        if (acknowledge(nodeId)) {
            over.complete(null);
        }
    }

    /**
     * Takes in a reading of the node rows that began after {@code since}.
     *
     * @return the nodes whose lease had to be waited out
     */
    List<NodeRow> read(List<NodeRow> others, long nanos) {
        List<NodeRow> waitedOut = update(others, nanos);
        completeIfNonePending();
        return waitedOut;
    }

    /** What can be said without a reading: the leases of nodes that are known run out. */
    List<NodeRow> elapse(long nanos) {
        List<NodeRow> waitedOut = removeWaitedOut(nanos);
        completeIfNonePending();
        return waitedOut;
    }

    /** Whether the rows were read at all. */
    synchronized boolean hasBegun() {
        return begun;
    }

    private synchronized boolean acknowledge(String nodeId) {
        acknowledged.add(nodeId);
        pending.remove(nodeId);
        return begun && pending.isEmpty();
    }

    private synchronized List<NodeRow> update(List<NodeRow> others, long nanos) {
        Map<String, NodeRow> rows = new HashMap<>();
        others.forEach(row -> rows.put(row.id(), row));
        if (begun) {
            pending.keySet().retainAll(rows.keySet());
        } else {
            pending.putAll(rows);
            pending.keySet().removeAll(acknowledged);
            begun = true;
        }
        rows.values().stream().filter(row -> row.applied().reaches(upTo)).forEach(row -> pending.remove(row.id()));
        return removeWaitedOut(nanos);
    }

    private synchronized List<NodeRow> removeWaitedOut(long nanos) {
        List<NodeRow> waitedOut = new ArrayList<>(pending.values());
        waitedOut.removeIf(
                row -> nanos - since < LeaseTime.certainlyOver(row.lease()).toNanos());
        waitedOut.forEach(row -> pending.remove(row.id()));
        return waitedOut;
    }

    private void completeIfNonePending() {
        boolean none;
        synchronized (this) {
            none = begun && pending.isEmpty();
        }
        if (none) {
            over.complete(null);
        }
    }
}
