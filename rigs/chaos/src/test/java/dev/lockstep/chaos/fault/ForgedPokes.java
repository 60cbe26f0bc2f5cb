package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;

/**
 * Floods of notifications from somebody who knows where the nodes listen: garbage, positions that
 * the log does not have, other epochs, and acknowledgements of what nobody has applied.
 */
record ForgedPokes(Cluster cluster) implements StoreFault {

    private static final String CHANNEL = "'lockstep_' || left(encode(sha256('chaos'), 'hex'), 16)";

    private static final String EPOCH =
            "hashtextextended(CAST(c.epoch AS text) || left(pg_walfile_name(pg_current_wal_lsn()), 8), 0)";

    private static final String FLOOD = """
            SELECT pg_notify(%s, CASE i %% 6
            WHEN 0 THEN repeat('x', 500)
            WHEN 1 THEN 'c ' || %s || ' ' || (9000000000000000000 + i) || ' f' || i
            WHEN 2 THEN 'c ' || i || ' ' || i || ' f' || i
            WHEN 3 THEN 'a ' || %s || ' 9223372036854775807 f' || i
            WHEN 4 THEN 'a ' || %s || ' ' || c.position || ' f' || i
            ELSE 'c ' || %s || ' ' || c.position || ' f' || i END)
            FROM lockstep_log_clock c, generate_series(1, %d) i
            """;

    private static final String LISTENING =
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN ' || " + CHANNEL + " || '%'";

    @Override
    public String kind() {
        return "forged-pokes";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int listening = 0;
        for (int i = chance.between(20, 100); i > 0; i--) {
            cluster.database().execute(FLOOD.formatted(CHANNEL, EPOCH, EPOCH, EPOCH, EPOCH, chance.between(1, 500)));
            listening += Integer.parseInt(cluster.database().one(LISTENING));
            chance.last(0, 60);
        }
        if (listening == 0) {
            throw new IllegalStateException("nobody listens");
        }
    }
}
