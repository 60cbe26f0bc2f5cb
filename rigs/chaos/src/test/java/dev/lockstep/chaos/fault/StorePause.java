package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/** SIGSTOP of the database server and all its children, then SIGCONT. */
record StorePause(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "store-pause";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        cluster.database().pause();
        try {
            chance.last(3_000, 7_500);
        } finally {
            cluster.database().resume();
        }
    }
}
