package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.agent.Aim.Choice;
import dev.lockstep.chaos.agent.DelayPoint;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Restore;
import dev.lockstep.chaos.history.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The database is {@linkplain Setback set back} to an older copy of itself. As soon as it is open
 * again, sessions are ended that the copy has.
 *
 * <p>Mostly each node has just committed a logout then, of such a session, and goes on with it only
 * when the database is open again, often without a reading of the node rows. Or one node sleeps
 * through all of it, and wakes when the positions that it knows have been given out again.
 *
 * @param endOldOnes has clients end, on every node, sessions that have lived for a while
 */
record StoreRestore(Cluster cluster, History history, Runnable endOldOnes) implements StoreFault {

    private static final int FEW = 3;
    private static final int PATIENCE_SECONDS = 2;

    @Override
    public String kind() {
        return "store-restore";
    }

    /**
     * The ways to the store as well: a cut that ended meanwhile would open the store before leases
     * are over.
     */
    @Override
    public Set<String> holds(int node) {
        Set<String> held = new HashSet<>(StoreFault.storeAndWays(cluster));
        held.addAll(Set.of("node-" + node, "peers"));
        return held;
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        Setback setback = Setback.prepared(cluster, history);
        letTimePass(setback, chance);
        if (chance.happens(Choice.LOGOUTS_HELD, 60)) {
            whileHeld(setback, chance.happens(Choice.BLIND, 75));
        } else if (chance.happens(Choice.ASLEEP, 60)) {
            whileAsleep(setback, node, chance);
        } else {
            setback.happen();
            endOldOnes.run();
        }
    }

    private static void letTimePass(Setback setback, Chance chance) throws Exception {
        if (chance.happens(Choice.SOON, 40)) {
            setback.awaitPosition(setback.position() + FEW);
            chance.last(300, 1_000);
        } else {
            chance.last(5_000, 9_000);
        }
    }

    /**
     * @param blind whether the nodes, when they go on, have no reading of the node rows before
     *     their waits are over
     */
    private void whileHeld(Setback setback, boolean blind) throws Exception {
        long before = setback.position();
        List<Integer> spans = cluster.clients().stream()
                .map(client -> history.began(Span.LOGOUTS_HELD, client.node(), System.nanoTime()))
                .toList();
        tell("HOLD " + DelayPoint.AFTER_COMMIT_BEFORE_OWN_FACTS);
        if (blind) {
            tell("HOLD " + DelayPoint.BEFORE_READING_NODE_ROWS);
        }
        try {
            endOldOnes.run();
            setback.awaitPosition(before + cluster.nodes().size());
            setback.happen();
            endOldOnes.run();
            TimeUnit.NANOSECONDS.sleep(2 * Restore.ON_ITS_WAY);
            tell("RELEASE " + DelayPoint.AFTER_COMMIT_BEFORE_OWN_FACTS);
            if (blind) {
                TimeUnit.MILLISECONDS.sleep(cluster.longestLease().toMillis() * 3 / 2);
            }
        } finally {
            tell("RELEASE " + DelayPoint.AFTER_COMMIT_BEFORE_OWN_FACTS);
            tell("RELEASE " + DelayPoint.BEFORE_READING_NODE_ROWS);
            spans.forEach(span -> history.ended(span, System.nanoTime()));
        }
    }

    /** What its peers tell it meanwhile is lost. */
    private void whileAsleep(Setback setback, int node, Chance chance) throws Exception {
        List<TcpProxy> links = cluster.linksOf(node);
        links.forEach(TcpProxy::cut);
        try {
            untilPositionsAreKnownAgain(setback, node);
            chance.last(2_000, 3_000);
        } finally {
            links.forEach(TcpProxy::reopen);
        }
    }

    private void untilPositionsAreKnownAgain(Setback setback, int sleeper) throws Exception {
        int span = history.began(Span.NODE_PAUSE, sleeper, System.nanoTime());
        cluster.nodes().get(sleeper).pause();
        try {
            long known = setback.position();
            setback.happen();
            endOldOnes.run();
            setback.awaitPosition(known);
        } finally {
            cluster.nodes().get(sleeper).resume();
            history.ended(span, System.nanoTime());
        }
    }

    /** Tells all nodes; one that stands still hears of it when it goes on. */
    private void tell(String request) {
        CompletableFuture<?>[] told =
                cluster.clients().stream().map(client -> client.send(request)).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
