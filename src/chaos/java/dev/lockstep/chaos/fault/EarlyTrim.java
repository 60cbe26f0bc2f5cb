package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/**
 * The log is trimmed much earlier than the product trims it, but no earlier than the protocol allows: up to a place that
 * was reached more than a few leases ago.
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
        cluster.postgres()
                .execute(
                        "CREATE TABLE IF NOT EXISTS chaos_trim (epoch UUID, position BIGINT)",
                        "DELETE FROM chaos_trim",
                        "INSERT INTO chaos_trim SELECT epoch, position FROM lockstep_log_clock");
        chance.last(AGE_MILLIS, AGE_MILLIS + 2_000);
        cluster.postgres()
                .execute(
                        "SELECT 1 FROM lockstep_log_clock FOR UPDATE",
                        "DELETE FROM lockstep_revocation r USING chaos_trim t, lockstep_log_clock c"
                                + " WHERE c.epoch = t.epoch AND r.position <= t.position",
                        "UPDATE lockstep_log_clock c SET floor = GREATEST(c.floor, t.position) FROM chaos_trim t"
                                + " WHERE c.epoch = t.epoch",
                        "DROP TABLE chaos_trim");
    }
}
