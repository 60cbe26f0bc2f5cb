package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.PostgresPair;

/** The standby is killed, so that no commit returns, and started again. */
record StandbyDown(Cluster cluster, PostgresPair pair) implements StoreFault {

    @Override
    public String kind() {
        return "standby-down";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        pair.standby().kill();
        chance.last(1_000, 8_000);
        pair.standby().start();
        pair.awaitStandby();
    }
}
