package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/** kill -9 of a node, and a restart. */
record NodeKill(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "node-kill";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("node-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        cluster.nodes().get(node).kill();
        chance.last(200, 3_500);
        cluster.nodes().get(node).start();
    }
}
