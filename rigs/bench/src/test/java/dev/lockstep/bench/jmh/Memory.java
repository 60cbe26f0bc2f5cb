package dev.lockstep.bench.jmh;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The heap that copies and revoked digests take: what is in use after a collection with them, less
 * what was without. The copies come from a real store, PostgreSQL, as they do in production: what
 * they share is what the product makes them share. What an empty cache takes is counted as theirs.
 */
final class Memory implements Part {

    private static final int REVOKED = 1_000_000;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        double copy = copy(quick ? 5_000 : 20_000);
        double digest = digest();
        report.add(new Row("lockstep heap per cached session", copy, "bytes"));
        report.add(new Row("lockstep heap per revoked digest", digest, "bytes"));
        report.add(Goal.atMost("memory", copy, 250));
        report.add(Goal.atMost("scale-facts-bytes", digest, 64));
    }

    private static double copy(int sessions) throws Exception {
        try (PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres);
                Node opening = new Node(pool, null, null, FactsLimits.DEFAULT)) {
            List<SessionToken> tokens = IntStream.range(0, sessions)
                    .parallel()
                    .mapToObj(i -> opening.sessions().open(principal(i), Set.of("user", "admin"), Map.of()))
                    .map(IssuedToken::token)
                    .toList();
            long without = used();
            SessionCache near = MemoryCacheProvider.open(Node.context(2L * sessions));
            long empty = used() - without;
            try (Node loading = new Node(pool, near, null, FactsLimits.DEFAULT)) {
                loading.awaitLease(tokens.get(0));
                long before = used();
                tokens.forEach(token -> loading.sessions().find(token).orElseThrow());
                double perSession = (double) (empty + used() - before) / (sessions - 1);
                return perSession - heapOf(principal(0));
            }
        }
    }

    private static double digest() {
        SessionCache near = MemoryCacheProvider.open(Node.context(1_000));
        try (Node node = new Node(Databases.h2(), near, null, Population.limits(REVOKED))) {
            IssuedToken issued = node.sessions().open("user", Set.of(), Map.of());
            node.awaitLease(issued.token());
            long before = used();
            Population.revoke(node, REVOKED);
            return (double) (used() - before) / REVOKED;
        }
    }

    private static String principal(int number) {
        return String.format("user-%06d@example.com", number);
    }

    /**
     * A string of Latin letters and its array, as 64-bit HotSpot lays them out with compressed
     * references.
     */
    private static int heapOf(String text) {
        return 24 + (16 + text.length() + 7) / 8 * 8;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
