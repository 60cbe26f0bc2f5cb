package dev.lockstep.bench.jmh;

import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.bench.Throng;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.util.Map;
import java.util.Set;

/**
 * A thousand threads ask for the same session, which no cache has; how often is the store asked?
 * The worst of all rounds.
 */
final class Stampede implements Part {

    @Override
    public String name() {
        return "stampede";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        int worst = 0;
        try (PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres);
                Node opening = new Node(pool, null, null, FactsLimits.DEFAULT);
                Node asked = new Node(pool, MemoryCacheProvider.open(Node.context(1_000)), null, FactsLimits.DEFAULT)) {
            asked.awaitLease(open(opening));
            for (int round = 0; round < (quick ? 10 : 50); round++) {
                worst = Math.max(worst, Throng.reads(asked, open(opening)));
            }
        }
        report.add(new Row("lockstep store reads for 1,000 cold finds", worst, "reads"));
        report.add(Goal.atMost("stampede", worst, 1));
    }

    private static SessionToken open(Node node) {
        return node.sessions().open("alice", Set.of("user"), Map.of()).token();
    }
}
