package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterDatabase;
import java.util.Set;

/**
 * The log is trimmed much earlier than the product trims it, but no earlier than the protocol
 * allows: up to a place that was reached more than a few leases ago.
 */
record EarlyTrim(Cluster cluster) implements Fault {

    private static final int AGE_MILLIS = 25_000;

    @Override
    public String kind() {
        return "early-trim";
    }

    @Override
    public boolean strikesNode() {
        return false;
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("trim");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        ClusterDatabase database = cluster.database();
        String[] place = database.one(
                        "SELECT CONCAT(CAST(epoch AS VARCHAR(36)), '/', position) FROM lockstep_log_clock")
                .split("/");
        String sameEpoch = "epoch = '" + place[0] + "'";
        chance.last(AGE_MILLIS, AGE_MILLIS + 2_000);
        cluster.database()
                .execute(
                        "SELECT 1 FROM lockstep_log_clock FOR UPDATE",
                        "DELETE FROM lockstep_revocation WHERE position <= " + place[1]
                                + " AND EXISTS (SELECT 1 FROM lockstep_log_clock WHERE " + sameEpoch + ")",
                        "UPDATE lockstep_log_clock SET floor = GREATEST(floor, " + place[1] + ") WHERE " + sameEpoch);
    }
}
