package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/**
 * Nodes that are well are taken for dead and fenced, as by a peer that could not hear them: all
 * start afresh.
 */
record FalseFence(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "false-fence";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        for (int i = chance.between(4, 6); i > 0; i--) {
            cluster.database().execute("UPDATE lockstep_node SET fenced = TRUE");
            chance.last(400, 1_000);
        }
    }
}
