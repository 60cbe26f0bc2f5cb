package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/** The connections that listen are ended by the server, again and again. */
record ListenCut(Cluster cluster) implements StoreFault {

    private static final String END =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'";

    @Override
    public String kind() {
        return "listen-cut";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int ended = 0;
        for (int i = chance.between(5, 30); i > 0; i--) {
            ended += Integer.parseInt(cluster.database().one(END));
            chance.last(20, 500);
        }
        if (ended == 0) {
            throw new IllegalStateException("nobody listens");
        }
    }
}
