package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.PairedPostgres;
import dev.lockstep.chaos.cluster.PostgresPair;
import dev.lockstep.chaos.history.Breach;
import dev.lockstep.chaos.history.History;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The primary is killed, the synchronous standby promoted, the old primary comes back and follows.
 * Nothing that has returned may be lost: neither if the standby was away before, so that commits
 * waited when the primary died, nor if the old primary is a primary for a while, fenced.
 */
record PairFailover(Cluster cluster, PostgresPair pair, History history) implements PairFault {

    private static final int PATIENCE_MILLIS = 1_500;
    /** What the driver says where no answer came in time. */
    private static final String TIMED_OUT = "08006";

    @Override
    public String kind() {
        return "pair-failover";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        EpochWatch epochs = EpochWatch.begun(cluster, history);
        PairedPostgres old = pair.primary();
        boolean waited = chance.happens(40);
        if (waited) {
            pair.standby().kill();
            chance.last(500, 3_000);
        }
        fence(old);
        try {
            old.kill();
            if (waited) {
                pair.standby().start();
            }
            chance.last(0, 1_500);
            pair.promoteStandby();
            if (chance.happens(40)) {
                goOnAsPrimary(old);
            }
            pair.bringBack(chance.happens(70));
        } finally {
            unfence(old);
        }
        epochs.requireNew(kind());
    }

    /** Nobody follows it, so it commits nothing. */
    private void goOnAsPrimary(PairedPostgres old) throws Exception {
        old.start();
        try (Connection connection = old.connect()) {
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            if (commits(connection)) {
                history.add(new Breach("the old primary commits alone", -1, System.nanoTime()));
            }
        } finally {
            old.kill();
        }
    }

    /** Whether it does so in time; it must not fail in another way, which would show nothing. */
    private static boolean commits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE split_brain (id INT)");
            return true;
        } catch (SQLException e) {
            if (!TIMED_OUT.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }
}
