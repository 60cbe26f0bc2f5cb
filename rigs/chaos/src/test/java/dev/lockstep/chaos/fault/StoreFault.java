package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fault of the database itself, which all nodes feel; one at a time. */
interface StoreFault extends Fault {

    @Override
    default boolean strikesNode() {
        return false;
    }

    @Override
    default Set<String> holds(int node) {
        return Set.of("store");
    }

    /** The database, and the nodes' ways to it. */
    static Set<String> storeAndWays(Cluster cluster) {
        return IntStream.range(0, cluster.nodes().size())
                .mapToObj(node -> "net-" + node)
                .collect(Collectors.toCollection(() -> new HashSet<>(Set.of("store"))));
    }
}
