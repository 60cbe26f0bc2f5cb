package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterDatabase;
import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Restore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the database, and the return to it, as docs/howto/logout-settings.md tells operators to
 * do it: closed to all nodes until twice the longest lease is over, with a statement that starts a
 * new epoch. Positions are given out again.
 */
final class Setback {

    private static final int PAUSE_MILLIS = 50;
    private static final int PATIENCE_SECONDS = 10;

    private final Cluster cluster;
    private final History history;
    private final long copied = System.nanoTime();

    private Setback(Cluster cluster, History history) {
        this.cluster = cluster;
        this.history = history;
    }

    /** Takes the copy. */
    static Setback prepared(Cluster cluster, History history) throws IOException, InterruptedException {
        Setback setback = new Setback(cluster, history);
        ClusterDatabase database = cluster.database();
        database.kill();
        database.takeCopy();
        database.start();
        return setback;
    }

    /** The newest position of the log. */
    long position() throws SQLException, InterruptedException {
        return Long.parseLong(cluster.database().one("SELECT position FROM lockstep_log_clock"));
    }

    /** Waits until the log has come so far, but not for ever. */
    void awaitPosition(long wanted) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (position() < wanted && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    void happen() throws Exception {
        ClusterDatabase database = cluster.database();
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
            cluster.stores().forEach(TcpProxy::reopen);
        }
    }

    private void waitUntilLeasesAreOver(long closed) throws InterruptedException {
        long over = closed + cluster.longestLease().multipliedBy(2).toNanos();
        TimeUnit.NANOSECONDS.sleep(over - System.nanoTime());
    }
}
