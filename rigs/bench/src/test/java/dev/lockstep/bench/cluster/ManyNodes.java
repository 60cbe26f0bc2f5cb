package dev.lockstep.bench.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Logouts without a channel where three nodes poll, and where a hundred do: all of them in this
 * JVM, each with its feed, its facts and its store, whose connections they share. They come at
 * any moment of the polls' period, as users' do; one that came as the one before was over would
 * meet all polls where that one has met them.
 */
final class ManyNodes implements AutoCloseable {

    private static final int FEW = 3;
    private static final int MANY = 100;
    private static final int CONNECTIONS = 40;

    private final HikariDataSource pool;
    private final Deque<Node> nodes = new ArrayDeque<>();
    private final Random random = new Random(1);

    private ManyNodes(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        pool = new HikariDataSource(config);
    }

    static void measure(String url, Report report, boolean quick) {
        try (ManyNodes cluster = new ManyNodes(url)) {
            double few = cluster.grow(FEW).revoke(quick ? 20 : 60);
            double many = cluster.grow(MANY).revoke(quick ? 20 : 60);
            report.add(new Row("lockstep revoke, 3 polling nodes", few, "µs"));
            report.add(new Row("lockstep revoke, 100 polling nodes", many, "µs"));
            report.add(Goal.atMost("logout-nodes", many / few, 2));
        }
    }

    /** Until there are so many, and a logout waits for none that was there before them. */
    private ManyNodes grow(int number) {
        while (nodes.size() < number) {
            nodes.push(new Node(
                    pool,
                    MemoryCacheProvider.open(Node.context(1_000)),
                    null,
                    FactsLimits.DEFAULT,
                    (store, messages) -> null));
        }
        revoke(2);
        return this;
    }

    /** The median of so many, in microseconds. */
    private double revoke(int times) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            SessionToken token = nodes.element()
                    .sessions()
                    .open("alice", Set.of("user"), Map.of())
                    .token();
            LockSupport.parkNanos((long) (random.nextDouble() * Node.POLL.toNanos()));
            long start = System.nanoTime();
            nodes.element().sessions().revoke(token);
            micros.add((System.nanoTime() - start) / 1e3);
        }
        return Median.of(micros);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        pool.close();
    }
}
