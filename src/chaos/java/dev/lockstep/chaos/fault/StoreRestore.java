package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.agent.DelayPoint;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.Database;
import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Restore;
import dev.lockstep.chaos.history.Span;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The database set back to an older copy of itself, as docs/howto/logout-settings.md tells operators to do it: closed to
 * all nodes until twice the longest lease is over, with a statement that starts a new epoch. Positions are given out again.
 *
 * <p>Mostly each node has just committed a logout then, and goes on with it only when the database is open again, often
 * without a reading of the node rows.
 */
record StoreRestore(Cluster cluster, History history) implements StoreFault {

    private static final int UNTIL_A_LOGOUT_IS_COMMITTED = 700;

    @Override
    public String kind() {
        return "store-restore";
    }

    /** The ways to the store as well: a cut that ended meanwhile would open the store before leases are over. */
    @Override
    public Set<String> holds(int node) {
        return StoreFault.storeAndWays(cluster);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        Database database = cluster.database();
        long copied = System.nanoTime();
        database.kill();
        database.takeCopy();
        database.start();
        chance.last(5_000, 9_000);

        if (chance.happens(75)) {
            whileHeld(chance.happens(75), () -> goBack(database, copied));
        } else {
            goBack(database, copied);
        }
    }

    /** @param blind whether the nodes, when they go on, have no reading of the node rows before their waits are over */
    private void whileHeld(boolean blind, Step step) throws Exception {
        List<Integer> spans = cluster.clients().stream()
                .map(client -> history.began(Span.LOGOUTS_HELD, client.node(), System.nanoTime()))
                .toList();
        tell("HOLD " + DelayPoint.AFTER_COMMIT_BEFORE_OWN_FACTS);
        if (blind) {
            tell("HOLD " + DelayPoint.BEFORE_READING_NODE_ROWS);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(UNTIL_A_LOGOUT_IS_COMMITTED);
            step.run();
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

    private void tell(String request) {
        cluster.clients().forEach(client -> client.send(request));
    }

    private void goBack(Database database, long copied) throws Exception {
        long began = System.nanoTime();
        database.kill();
        cluster.stores().forEach(TcpProxy::cut);
        try {
            long closed = System.nanoTime();
            database.goBackToCopy();
            database.start();
            database.execute(NewEpoch.statement(database));
            waitUntilLeasesAreOver(closed);
        } finally {
            history.add(new Restore(copied, began, System.nanoTime()));
            cluster.stores().forEach(TcpProxy::mend);
        }
    }

    private void waitUntilLeasesAreOver(long closed) throws InterruptedException {
        long over = closed + cluster.longestLease().multipliedBy(2).toNanos();
        TimeUnit.NANOSECONDS.sleep(over - System.nanoTime());
    }

    private interface Step {
        void run() throws Exception;
    }
}
