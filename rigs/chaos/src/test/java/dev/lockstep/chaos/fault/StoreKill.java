package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/** kill -9 of the database server and all its children, and a restart. */
record StoreKill(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "store-kill";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        cluster.database().kill();
        chance.last(0, 4_000);
        cluster.database().start();
    }
}
