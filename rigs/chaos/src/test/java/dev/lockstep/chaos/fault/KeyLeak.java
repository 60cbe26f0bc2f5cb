package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.StoredKey;

/**
 * The application's key is replaced since somebody else may know it: nothing that a former one has
 * sealed or authenticated counts any more, and yet nobody is logged out.
 */
record KeyLeak(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "key-leak";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        StoredKey.of(cluster.database()).replaceLeaked();
        chance.last(1_000, 3_000);
    }
}
