package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterPostgres;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.Set;

/**
 * A standby takes over, with all that was committed: the primary waits for it, is killed, the
 * standby is promoted, and the nodes are led to it, now and then before it is promoted. Sometimes
 * one node is led to the standby while the primary lives, and the standby lags.
 */
record StoreFailover(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "store-failover";
    }

    @Override
    public Set<String> holds(int node) {
        return StoreFault.storeAndWays(cluster);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        ClusterPostgres primary = (ClusterPostgres) cluster.database();
        ClusterPostgres standby = primary.beginStandby();
        boolean promoted = false;
        try {
            if (chance.happens(60)) {
                standby.pauseReplay();
                leadAstray(node, standby, chance);
                standby.resumeReplay();
            }
            chance.last(200, 2_000);
            takeOver(primary, standby, chance);
            promoted = true;
        } finally {
            if (promoted) {
                primary.retire();
            } else {
                primary.forgetStandby();
                standby.retire();
            }
        }
    }

    private void leadAstray(int node, ClusterPostgres standby, Chance chance) throws InterruptedException {
        TcpProxy way = cluster.store(node);
        int home = cluster.database().port();
        way.leadTo(standby.port());
        way.breakConnections();
        try {
            chance.last(1_500, 4_000);
        } finally {
            way.leadTo(home);
            way.breakConnections();
        }
    }

    private void takeOver(ClusterPostgres primary, ClusterPostgres standby, Chance chance) throws Exception {
        primary.kill();
        if (chance.happens(50)) {
            cluster.leadTo(standby);
        }
        chance.last(0, 2_000);
        standby.promote();
        cluster.leadTo(standby);
    }
}
