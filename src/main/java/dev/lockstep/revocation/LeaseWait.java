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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
 * in their first poll. Nor do nodes without a lease, which trust no copies.
 *
 * <p>Thread-safe: acknowledgements come from any thread, readings and the timer's rings from
 * others.
 */
final class LeaseWait {

    private final Commit commit;
    private final LogPosition upTo;
    private final NodeClock clock;
    private final long since;
    private final NodeListener observer;
    private final boolean acknowledgementsCount;
    private final Map<String, NodeRow> pending = new HashMap<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Set<NodeRow> waitedOut = new HashSet<>();
    private @Nullable SettledBy last;

    /**
     * What one transaction has committed.
     *
     * <p>Whoever sets a store back keeps it closed for
     * {@linkplain ProtocolLimits#closedAfterRestore some time} after it was last reachable. So a
     * wait that is over by then, even if this node's clocks are slow, is over before another
     * history can be in force. One that takes longer, by a slow commit or by a process that stood
     * still, needs a {@link Confirmation}. Where no node trusts copies it needs none: the store
     * decides in any case.
     *
     * @param upTo how far it goes in the log
     * @param nodes that may be trusting copies, as they were read after the commit
     * @param sent a moment before the commit was sent
     */
    record Commit(LogPosition upTo, NodeRows nodes, Lease.Start sent) {

        /** Whether no other history of the store, one without it, can be in force yet. */
        boolean isCertainlyThere(NodeClock clock) {
            return nobodyTrustsCopies() || isInTime(clock, ProtocolLimits.closedAfterRestore(longestLease()));
        }

        /** By both clocks: the monotonic one stands still while a machine is suspended. */
        private boolean isInTime(NodeClock clock, Duration closed) {
            return isCertainlyWithin(closed, Duration.ofNanos(clock.nanoTime() - sent.nanos()))
                    && isCertainlyWithin(closed, Duration.ofMillis(clock.wallMillis() - sent.wallMillis()));
        }

        private static boolean isCertainlyWithin(Duration closed, Duration measured) {
            return ProtocolLimits.longestElsewhere(measured).compareTo(closed) <= 0;
        }

        /** This node's row is among them; where there is none it is not known who does. */
        private boolean nobodyTrustsCopies() {
            return !nodes.rows().isEmpty() && nodes.rows().stream().noneMatch(NodeRow::trustsCopies);
        }

        private Duration longestLease() {
            return nodes.rows().stream()
                    .map(NodeRow::lease)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    /**
     * @param awaited those of the commit's nodes that are waited for
     * @param acknowledgementsCount whether what is pushed is all that a node must know
     * @param clock whose monotonic time is read now, after the commit
     */
    LeaseWait(
            Commit commit,
            Collection<NodeRow> awaited,
            boolean acknowledgementsCount,
            NodeClock clock,
            NodeListener observer) {
        this.commit = commit;
        this.upTo = commit.upTo();
        this.clock = clock;
        this.since = clock.nanoTime();
        this.observer = observer;
        this.acknowledgementsCount = acknowledgementsCount;
        awaited.forEach(row -> pending.put(row.id(), row));
        awaited.forEach(row -> observer.nodeAwaited(row.name(), ProtocolLimits.certainlyOver(row.lease())));
        read(commit.nodes());
    }

    CompletableFuture<Void> over() {
        return over;
    }

    Commit commit() {
        return commit;
    }

    /** How long ago it began, a moment after the commit. */
    Duration elapsed() {
        return Duration.ofNanos(clock.nanoTime() - since);
    }

    /** How the last node was settled; null where none is. */
    synchronized @Nullable SettledBy settledBy() {
        return last;
    }

    /** The nodes whose lease had to be waited out, so far. */
    synchronized Set<NodeRow> waitedOut() {
        return Set.copyOf(waitedOut);
    }

    /** The identifiers of the nodes that are waited for still. Never grows. */
    synchronized Set<String> awaited() {
        return Set.copyOf(pending.keySet());
    }

    /** How many nodes an acknowledgement would settle. */
    synchronized int acknowledging() {
        return acknowledgementsCount ? pending.size() : 0;
    }

    /** A node has put what was pushed among its facts. */
    void acknowledged(String nodeId) {
        if (acknowledgementsCount) {
            keep(row -> !row.id().equals(nodeId), SettledBy.ACKNOWLEDGED);
        }
    }

    /**
     * Takes in a reading that was begun after the commit. Where its head does not reach what was
     * committed, the commit may be gone, and the wait fails.
     *
     * @param nodes at least those that are {@linkplain #awaited waited for}, without those that are
     *     gone
     */
    void read(NodeRows nodes) {
        if (nodes.head().reaches(upTo)) {
            Set<String> there = ids(nodes, row -> true);
            Set<String> behind = ids(nodes, row -> !row.applied().reaches(upTo));
            keep(row -> there.contains(row.id()), SettledBy.GONE);
            keep(row -> behind.contains(row.id()), SettledBy.APPLIED);
        } else {
            fail(historyChanged());
        }
    }

    /**
     * Nobody waits any more, and nothing is certain; without effect on a wait that is over. The
     * nodes are given up behind that, as a wait without any would succeed.
     */
    void fail(RevocationUnconfirmedException failure) {
        over.completeExceptionally(failure);
        giveUp().forEach(row -> observer.nodeUnsettled(row.name()));
    }

    private synchronized List<NodeRow> giveUp() {
        List<NodeRow> unsettled = List.copyOf(pending.values());
        pending.clear();
        return unsettled;
    }

    /**
     * Lets the clock say what it can: the leases of nodes run out.
     *
     * @return the nodes whose lease had to be waited out
     */
    List<NodeRow> elapse(long nanos) {
        List<NodeRow> elapsed = new ArrayList<>();
        keep(row -> nanos - end(row) < 0 || !elapsed.add(row), SettledBy.WAITED_OUT);
        return elapsed;
    }

    /**
     * When, by the monotonic clock, the next lease is waited out; empty where none is waited for.
     */
    synchronized OptionalLong nextEnd() {
        return pending.values().stream().mapToLong(this::end).reduce((a, b) -> a - b < 0 ? a : b);
    }

    private static Set<String> ids(NodeRows nodes, Predicate<NodeRow> which) {
        return nodes.rows().stream().filter(which).map(NodeRow::id).collect(Collectors.toSet());
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
        if (pending.values().removeIf(row -> settled.test(row) && note(row, how))) {
            last = how;
        }
        return pending.isEmpty();
    }

    private boolean note(NodeRow row, SettledBy how) {
        return how != SettledBy.WAITED_OUT || waitedOut.add(row);
    }

    static RevocationUnconfirmedException historyChanged() {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0216 The store's history changed during a logout (it was restored from a backup, or failed"
                        + " over), so that the revocation may be lost. Revoke again to settle it.",
                null);
    }

    static RevocationUnconfirmedException ended() {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0213 The revocation is committed, but the application ended here before it was seen whether the"
                        + " other nodes know of it. Revoke again to settle it.",
                null);
    }
}
