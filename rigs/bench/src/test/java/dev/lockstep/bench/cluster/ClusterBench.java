package dev.lockstep.bench.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.bench.Throng;
import dev.lockstep.cache.infinispan.InfinispanCacheProvider;
import dev.lockstep.cache.infinispan.InfinispanChannelProvider;
import dev.lockstep.cache.infinispan.RawInfinispan;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.cluster.CalmCluster;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.process.Ports;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes, of which this JVM is one and does the measuring: logouts with the Infinispan
 * channel and without, beside what they are made of; many at once; and a cold token that many ask
 * for. Then a hundred nodes. System properties: {@code bench.quick}, {@code bench.directory}.
 */
public final class ClusterBench {

    private static final int[] CLIENTS = {1, 8, 64};

    private final CalmCluster cluster;
    private final Report report;
    private final boolean quick;

    private ClusterBench(CalmCluster cluster, Report report, boolean quick) {
        this.cluster = cluster;
        this.report = report;
        this.quick = quick;
    }

    public static void main(String[] arguments) {
        try {
            run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of the cluster's may be left, which nobody would end
        }
    }

    private static void run() throws Exception {
        Path directory = Path.of(System.getProperty("bench.directory"));
        Report report = new Report("bench-cluster");
        try (CalmCluster cluster = CalmCluster.start(directory.resolve("cluster"))) {
            ClusterBench bench = new ClusterBench(cluster, report, Boolean.getBoolean("bench.quick"));
            bench.withChannel();
            bench.withoutChannel();
            ManyNodes.measure(cluster.url(), report, bench.quick);
        }
        report.publish(directory, System.out);
    }

    private void withChannel() throws Exception {
        Map<String, String> infinispan = Map.of(
                "stack", "tcp", "bind-port", String.valueOf(Ports.free()), "port-range", "20", "mode", "replicated");
        ContractContext context = Node.context(100_000);
        SessionCache cache = new InfinispanCacheProvider()
                .configure(new MapSettings(infinispan))
                .open(context);
        RevocationChannel channel = new InfinispanChannelProvider()
                .configure(new MapSettings(infinispan))
                .open(context, SharedConnection.of(cache));
        Map<String, String> settings = new HashMap<>(Map.of("lockstep.cache", "infinispan"));
        infinispan.forEach((key, value) -> settings.put("lockstep.infinispan." + key, value));
        try (HikariDataSource pool = pool();
                Node node = node(pool, channel);
                PlainJdbc jdbc = new PlainJdbc(cluster.url())) {
            NodeClient other = startOthers(settings);
            channelLatency(node, jdbc, cache);
            throughput(node);
            stampede(node, other);
        }
        cluster.stopNodes();
        ((AutoCloseable) cache).close();
    }

    private void withoutChannel() throws Exception {
        try (HikariDataSource pool = pool();
                Node node = node(pool, null)) {
            startOthers(Map.of("lockstep.cache", "memory"));
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < (quick ? 10 : 40); i++) {
                millis.add(revoke(node, open(node)) / 1e3);
            }
            report.add(new Row("lockstep revoke, three nodes, no channel", Median.of(millis) * 1e3, "µs"));
        }
    }

    private void channelLatency(Node node, PlainJdbc jdbc, SessionCache cache) throws Exception {
        int warmUps = quick ? 50 : 300;
        int rounds = warmUps + (quick ? 200 : 1_000);
        Runnable roundTrip = RawInfinispan.acknowledgedPut(cache);
        List<Double> ours = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> trips = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double mine = revoke(node, open(node));
            double theirs = jdbc.revoke(i);
            long start = System.nanoTime();
            roundTrip.run();
            double trip = (System.nanoTime() - start) / 1e3;
            if (i >= warmUps) {
                ours.add(mine);
                plain.add(theirs);
                trips.add(trip);
            }
        }
        report.add(new Row("lockstep revoke, three nodes, Infinispan", Median.of(ours), "µs"));
        report.add(new Row("the same transaction by plain JDBC", Median.of(plain), "µs"));
        report.add(new Row("an acknowledged Infinispan round trip", Median.of(trips), "µs"));
        report.add(Goal.atMost("logout-channel", Median.of(ours) / (Median.of(plain) + Median.of(trips)), 1.5));
    }

    private void throughput(Node node) throws Exception {
        int seconds = quick ? 3 : 5;
        double last = Double.NaN;
        for (int clients : CLIENTS) {
            List<Double> ours = new ArrayList<>();
            List<Double> plain = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < (quick ? 1 : 3); round++) {
                double logouts = Throughput.logouts(node, cluster.url(), clients, seconds);
                double updates = Throughput.updates(cluster.url(), clients, seconds);
                ours.add(logouts);
                plain.add(updates);
                ratios.add(logouts / updates);
            }
            report.add(new Row("lockstep revocations, " + clients + " clients", Median.of(ours), "per s"));
            report.add(new Row("single-row updates, " + clients + " clients", Median.of(plain), "per s"));
            last = Median.of(ratios);
        }
        report.add(Goal.atLeast("logout-throughput", last, 1));
    }

    private void stampede(Node node, NodeClient other) throws Exception {
        int worst = 0;
        for (int round = 0; round < (quick ? 5 : 20); round++) {
            String token = other.send("OPEN alice").get().words().get(0);
            worst = Math.max(worst, Throng.reads(node, SessionToken.of(token)));
        }
        report.add(new Row("lockstep store reads for 1,000 cold finds", worst, "reads"));
        report.add(Goal.atMost("stampede", worst, 1));
    }

    private NodeClient startOthers(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("lockstep.application", Node.APPLICATION);
        all.put("lockstep.store.url", cluster.url());
        all.put("lockstep.store.user", "postgres");
        cluster.startNode(all);
        return cluster.startNode(all);
    }

    /** Without the shared cache: a stampede must not find what another node has put there. */
    private static Node node(HikariDataSource pool, @Nullable RevocationChannel channel) {
        Node node = new Node(pool, MemoryCacheProvider.open(Node.context(100_000)), null, FactsLimits.DEFAULT, channel);
        node.awaitLease(open(node));
        return node;
    }

    private static SessionToken open(Node node) {
        return node.sessions().open("alice", Set.of("user"), Map.of()).token();
    }

    /** Microseconds. */
    private static double revoke(Node node, SessionToken token) {
        long start = System.nanoTime();
        node.sessions().revoke(token);
        return (System.nanoTime() - start) / 1e3;
    }

    private HikariDataSource pool() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(cluster.url());
        config.setUsername("postgres");
        config.setMaximumPoolSize(20);
        return new HikariDataSource(config);
    }
}
