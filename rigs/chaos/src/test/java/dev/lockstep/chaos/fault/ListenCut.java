package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/** The connections that listen are ended by the server, again and again. */
record ListenCut(Cluster cluster) implements StoreFault {

    @Override
    public String kind() {
        return "listen-cut";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        for (int i = chance.between(5, 30); i > 0; i--) {
            cluster.database()
                    .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'");
            chance.last(20, 500);
        }
    }
}
