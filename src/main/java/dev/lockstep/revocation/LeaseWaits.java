package dev.lockstep.revocation;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Where revocations wait for the other nodes. Each comes with the node rows that were read behind
 * its commit, and ends by whatever comes first: acknowledgements of a push,
 * {@linkplain NodeProgressPoller readings} of how far the nodes have come, or the clock, by a timer
 * that needs neither the store nor anybody else. Nodes that the clock had to end the waiting for
 * are {@linkplain Fencing fenced}.
 *
 * <p>When it is closed, all who wait are told: else they would wait for ever, as its threads
 * end with it.
 *
 * <p>Thread-safe. A wait is in {@code waits} before the timer is set for it and before readings are
 * asked for, so that whoever looks there afterwards finds it.
 */
final class LeaseWaits {

    private final Set<LeaseWait> waits = ConcurrentHashMap.newKeySet();
    private final Predicate<String> own;
    private final NodeClock clock;
    private final NodeListener observer;
    private final NodeProgressPoller poller;
    private final Fencing fencing;
    private final EarliestTimer timer;
    private final Confirmation confirmation;
    private volatile boolean closed;

    /**
     * @param own whether a row identifier is one of this node's
     * @param pause before each reading of how far the nodes have come
     */
    LeaseWaits(
            RevocationLog log,
            Predicate<String> own,
            Duration pause,
            NodeClock clock,
            NodeThreads threads,
            NodeListener observer) {
        this.own = own;
        this.clock = clock;
        this.observer = observer;
        this.poller = new NodeProgressPoller(log, waits, pause, threads.reading());
        this.fencing = new Fencing(log, threads.housekeeping(), observer);
        this.timer = new EarliestTimer(clock, threads.timer(), this::elapse);
        this.confirmation = new Confirmation(log, threads);
    }

    /**
     * Begins to wait until every node knows of what was committed, or can't be trusting copies. One
     * that never does is not waited for.
     *
     * @param complete whether this node, and whoever acknowledges the push, know all of it; else
     *     this node's own row is waited for as well, and acknowledgements say nothing
     */
    LeaseWait enter(Commit commit, boolean complete) {
        LeaseWait wait = new LeaseWait(commit, awaited(commit.nodes(), complete), complete, clock, observer);
        observer.nodesListed(commit.nodes().rows().size());
        waits.add(wait);
        var unused = wait.over().whenComplete((nothing, failure) -> waits.remove(wait));
        if (closed) {
            fail(List.of(wait), LeaseWait.ended());
        } else if (!wait.over().isDone()) {
            await(wait);
        }
        return wait;
    }

    /** {@link NodeProgressPoller#poked}. */
    boolean poked(Map<String, LogPosition> applied, LogConnection connection) {
        return poller.poked(applied, connection);
    }

    /**
     * Completes when a wait is over and what it waited with is certainly part of the store's
     * history still.
     */
    CompletableFuture<Void> confirmed(LeaseWait wait) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        if (observer != NodeListener.NONE) {
            tellEnd(wait, confirmed);
        }
        var unused = wait.over().whenComplete((over, failure) -> {
            if (failure == null) {
                confirm(wait.commit(), confirmed);
            } else {
                confirmed.completeExceptionally(failure);
            }
        });
        return confirmed;
    }

    private void tellEnd(LeaseWait wait, CompletableFuture<Void> confirmed) {
        var unused = confirmed.whenComplete(
                (nothing, failure) -> observer.revocationsSettled(wait.settledBy(), wait.elapsed(), failure));
    }

    private void confirm(Commit commit, CompletableFuture<Void> confirmed) {
        try {
            if (commit.isCertainlyThere(clock)) {
                confirmed.complete(null);
            } else {
                confirmation.confirm(commit.upTo(), confirmed);
            }
        } catch (RuntimeException | Error e) {
            confirmed.completeExceptionally(unwatched(e));
        }
    }

    /**
     * Nobody looks any more: whoever waits is told so, and whoever comes later. One that enters at
     * the same time is in {@code waits} before it looks whether this is closed, so that one of the
     * two finds it.
     */
    void close() {
        closed = true;
        fail(waits, LeaseWait.ended());
        confirmation.close();
    }

    private List<NodeRow> awaited(NodeRows nodes, boolean complete) {
        return nodes.rows().stream()
                .filter(row -> row.trustsCopies() && (!complete || !own.test(row.id())))
                .toList();
    }

    private void await(LeaseWait wait) {
        try {
            setTimer(wait);
            poller.ask(wait);
        } catch (RuntimeException | Error e) {
            fail(List.of(wait), unwatched(e));
        }
    }

    private void setTimer(LeaseWait wait) {
        OptionalLong end = wait.nextEnd();
        if (end.isPresent()) {
            timer.setFor(end.getAsLong());
        }
    }

    private void elapse() {
        try {
            long nanos = clock.nanoTime();
            List<NodeRow> waitedOut = new ArrayList<>();
            waits.forEach(wait -> waitedOut.addAll(wait.elapse(nanos)));
            waits.forEach(this::setTimer);
            fencing.fence(waitedOut);
        } catch (RuntimeException | Error e) {
            fail(waits, unwatched(e));
        }
    }

    private static void fail(Iterable<LeaseWait> waits, RevocationUnconfirmedException e) {
        waits.forEach(wait -> wait.fail(e));
    }

    private static RevocationUnconfirmedException unwatched(Throwable e) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0205 The revocation is committed, but this node failed to watch whether the other nodes know of"
                        + " it. Revoke again to settle it.",
                e);
    }
}
