package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.StoredKey;

/** The application's key is replaced; what was made with the former one stays good. */
record KeyChange(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "key-change";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        StoredKey.of(cluster.database()).replace();
        chance.last(1_000, 3_000);
    }
}
