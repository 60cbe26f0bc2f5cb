package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/** Every packet between a node and the store takes its time. */
record StoreSlow(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "store-slow";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("net-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        cluster.store(node).delay(chance.between(20, 200));
        try {
            chance.last(2_000, 6_000);
        } finally {
            cluster.store(node).delay(0);
        }
    }
}
