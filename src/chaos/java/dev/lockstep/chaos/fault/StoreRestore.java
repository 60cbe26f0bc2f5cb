package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.Postgres;
import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Restore;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The database set back to an older copy of itself, as docs/howto/logout-settings.md tells operators to do it: closed to
 * all nodes until the longest lease is over, with a statement that starts a new epoch. Positions are given out again.
 */
record StoreRestore(Cluster cluster, History history) implements StoreFault {

    private static final String NEW_EPOCH = "UPDATE lockstep_log_clock SET epoch = gen_random_uuid()";

    @Override
    public String kind() {
        return "store-restore";
    }

    /** The ways to the store as well: a cut that ended meanwhile would open the store before leases are over. */
    @Override
    public Set<String> holds(int node) {
        return IntStream.range(0, cluster.nodes().size())
                .mapToObj(each -> "net-" + each)
                .collect(Collectors.toCollection(() -> new HashSet<>(Set.of("store"))));
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        Postgres postgres = cluster.postgres();
        long copied = System.nanoTime();
        postgres.kill();
        postgres.takeCopy();
        postgres.start();
        chance.last(5_000, 9_000);

        long began = System.nanoTime();
        postgres.kill();
        cluster.stores().forEach(TcpProxy::cut);
        try {
            long closed = System.nanoTime();
            postgres.goBackToCopy();
            postgres.start();
            postgres.execute(NEW_EPOCH);
            waitUntilLeasesAreOver(closed);
        } finally {
            history.add(new Restore(copied, began, System.nanoTime()));
            cluster.stores().forEach(TcpProxy::mend);
        }
    }

    private void waitUntilLeasesAreOver(long closed) throws InterruptedException {
        long over = closed + cluster.longestLease().multipliedBy(5).dividedBy(4).toNanos();
        java.util.concurrent.TimeUnit.NANOSECONDS.sleep(over - System.nanoTime());
    }
}
