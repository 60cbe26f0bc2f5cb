package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/** SIGSTOP of a node for longer than its lease, then SIGCONT. */
record NodePause(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "node-pause";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("node-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int lease = (int) cluster.longestLease().toMillis();
        cluster.nodes().get(node).pause();
        try {
            chance.last(lease + 200, lease * 7 / 4);
        } finally {
            cluster.nodes().get(node).resume();
        }
    }
}
