package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How many statements a node sends to the store per second when nothing happens, with the channel
 * that nodes have on PostgreSQL; a minute is as long as that one is silent.
 */
final class IdleCost implements Part {

    @Override
    public String name() {
        return "idle-cost";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        int seconds = quick ? 10 : 62;
        try (PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres)) {
            SessionCache near = MemoryCacheProvider.open(Node.context(1_000));
            CountedStatements counted = new CountedStatements(pool);
            try (Node node = new Node(counted.dataSource(), near, null, FactsLimits.DEFAULT, Node::notifications)) {
                node.awaitLease(
                        node.sessions().open("alice", Set.of(), Map.of()).token());
                long before = counted.count();
                long start = System.nanoTime();
                TimeUnit.SECONDS.sleep(seconds);
                double perSecond = (counted.count() - before) / ((System.nanoTime() - start) / 1e9);
                report.add(new Row("lockstep statements of an idle node", perSecond, "per s"));
                report.add(Goal.atMost("idle-cost", perSecond, 1e3 / Node.POLL.toMillis() + 0.1));
            }
        }
    }
}
