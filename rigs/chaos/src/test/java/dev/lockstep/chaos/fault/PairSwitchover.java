package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.PairedPostgres;
import dev.lockstep.chaos.cluster.PostgresPair;
import dev.lockstep.chaos.history.History;

/** The primary is stopped as by an operator, the standby promoted, and the two have changed. */
record PairSwitchover(Cluster cluster, PostgresPair pair, History history) implements PairFault {

    @Override
    public String kind() {
        return "pair-switchover";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        EpochWatch epochs = EpochWatch.begun(cluster, history);
        PairedPostgres former = pair.primary();
        former.stop();
        pair.promoteStandby();
        pair.bringBack(true);
        epochs.requireNew(kind());
    }
}
