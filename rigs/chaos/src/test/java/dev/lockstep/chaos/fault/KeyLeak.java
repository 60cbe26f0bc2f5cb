package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.StoredKey;
import dev.lockstep.chaos.history.Span;

/**
 * The application's key is replaced since somebody else may know it: nothing that was made with a
 * former one is accepted any more, and yet nobody is logged out.
 */
record KeyLeak(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return Span.KEY_LEAK;
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        StoredKey.of(cluster.database()).replaceLeaked();
        chance.last(1_000, 3_000);
    }
}
