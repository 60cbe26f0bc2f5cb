package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.cluster.Cluster;
import java.util.List;
import java.util.Set;

/** Caches bring back what was removed, and what was true long ago; on one node or on all. */
record PoisonedCaches(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "poisoned-cache";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("caches");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        List<NodeClient> struck = chance.happens(50)
                ? cluster.clients()
                : List.of(cluster.clients().get(node));
        struck.forEach(client -> client.send("POISON on"));
        chance.last(4_000, 12_000);
        struck.forEach(client -> client.send("POISON off"));
    }
}
