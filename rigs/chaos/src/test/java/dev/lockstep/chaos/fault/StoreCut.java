package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.Set;

/** A node cut off from the store: connections break and can't be made. */
record StoreCut(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "store-cut";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("net-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        TcpProxy way = cluster.store(node);
        way.cut();
        try {
            chance.last(3_000, 7_000);
        } finally {
            way.reopen();
        }
    }
}
