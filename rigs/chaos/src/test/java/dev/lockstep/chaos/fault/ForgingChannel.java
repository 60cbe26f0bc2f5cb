package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.RefusalTally;
import java.util.List;
import java.util.Set;

/**
 * Somebody between the nodes changes what they push, repeats it, leads it elsewhere, acknowledges
 * it for others, and invents revocations.
 */
record ForgingChannel(Cluster cluster) implements Fault {

    /** Not those of a key that a node does not know yet: these come without a forger. */
    private static final String MESSAGES = "message.FORGED";

    @Override
    public String kind() {
        return "forging-channel";
    }

    @Override
    public boolean strikesNode() {
        return false;
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("messages");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        RefusalTally before = cluster.refusals(MESSAGES);
        List<NodeClient> struck = cluster.clients();
        struck.forEach(client -> client.send("FORGE-MESSAGES on"));
        try {
            chance.last(4_000, 10_000);
        } finally {
            struck.forEach(client -> client.send("FORGE-MESSAGES off"));
        }
        if (!cluster.refusals(MESSAGES).hasGrownSince(before)) {
            throw new IllegalStateException("nobody has looked at what was forged");
        }
    }
}
