package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/** SIGSTOP of the database server and all its children, then SIGCONT. */
record StorePause(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "store-pause";
    }

    @Override
    public boolean strikesNode() {
        return false;
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("store");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        cluster.postgres().pause();
        try {
            chance.last(3_000, 7_500);
        } finally {
            cluster.postgres().resume();
        }
    }
}
