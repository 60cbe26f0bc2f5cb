package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterDatabase;

/**
 * The log's epoch changes while everything runs, as by a failover to a standby that has everything.
 */
record NewEpoch(Cluster cluster) implements StoreFault {

    static String statement(ClusterDatabase database) {
        return "UPDATE lockstep_log_clock SET epoch = " + database.randomUuid();
    }

    @Override
    public String kind() {
        return "new-epoch";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        for (int i = chance.between(3, 6); i > 0; i--) {
            cluster.database().execute(statement(cluster.database()));
            chance.last(300, 1_500);
        }
    }
}
