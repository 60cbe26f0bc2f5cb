package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.history.Span;

/** The store's clock jumps, by two hours or by seconds, and comes back. */
record StoreClock(Cluster cluster) implements StoreFault {

    private static final int TWO_HOURS = 7_200_000;

    @Override
    public String kind() {
        return Span.STORE_CLOCK;
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int jump = chance.happens(70) ? TWO_HOURS : chance.between(500, 10_000);
        try {
            cluster.database().setClock(chance.happens(60) ? jump : -jump);
            chance.last(1_500, 4_000);
        } finally {
            cluster.database().setClock(0);
        }
    }
}
