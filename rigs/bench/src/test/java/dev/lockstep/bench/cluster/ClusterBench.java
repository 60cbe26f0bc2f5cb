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
import dev.lockstep.cache.redis.RedisChannelProvider;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.cluster.CalmCluster;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.process.Ports;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.SharedConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Three nodes, of which this JVM is one and does the measuring: logouts with the Infinispan
 * channel, with PostgreSQL's notifications and without, beside what they are made of; many at
 * once; and a cold token that many ask for. Then a hundred nodes. System properties:
 * {@code bench.quick}, {@code bench.directory}, {@code bench.only}: a pattern of parts' names.
 */
public final class ClusterBench {

    private static final Node.Channels NO_CHANNEL = (store, messages) -> null;

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
            bench.part("infinispan", bench::withChannel);
            bench.part("postgresql", bench::withNotifications);
            bench.part("redis", bench::withRedis);
            bench.part("none", bench::withoutChannel);
            bench.part("alone", bench::alone);
            bench.part("nodes", () -> ManyNodes.measure(cluster.url(), report, bench.quick));
        } finally {
            report.publish(directory, System.out);
        }
    }

    private void part(String name, Part part) throws Exception {
        String only = System.getProperty("bench.only", "");
        if (only.isEmpty() || name.matches(only)) {
            part.measure();
        }
    }

    @FunctionalInterface
    private interface Part {
        void measure() throws Exception;
    }

    private void withChannel() throws Exception {
        Map<String, String> infinispan = Map.of(
                "stack", "tcp", "bind-port", String.valueOf(Ports.free()), "port-range", "20", "mode", "replicated");
        ContractContext context = Node.context(100_000);
        SessionCache cache = new InfinispanCacheProvider()
                .configure(new MapSettings(infinispan))
                .open(context);
        Node.Channels channel = (store, messages) -> new InfinispanChannelProvider()
                .configure(new MapSettings(infinispan))
                .open(context.withMessages(application -> messages), SharedConnection.of(cache));
        Map<String, String> settings = new HashMap<>(Map.of("lockstep.cache", "infinispan"));
        infinispan.forEach((key, value) -> settings.put("lockstep.infinispan." + key, value));
        try (HikariDataSource pool = pool();
                Node node = node(pool, channel);
                PlainJdbc jdbc = new PlainJdbc(cluster.url(), "plain")) {
            NodeClient other = startOthers(settings);
            channelLatency(node, jdbc, cache);
            throughput(node);
            stampede(node, other);
        }
        cluster.stopNodes();
        ((AutoCloseable) cache).close();
    }

    private void withNotifications() throws Exception {
        try (HikariDataSource pool = pool();
                Node node = node(pool, Node::notifications);
                PlainJdbc jdbc = new PlainJdbc(cluster.url(), "plain, notified");
                NotificationTrip trip = new NotificationTrip(cluster.url())) {
            startOthers(Map.of("lockstep.cache", "memory", "lockstep.channel", "postgresql"));
            latency(node, jdbc, trip::measure, new Rows("PostgreSQL", "a notification and its answer", "postgresql"));
        }
        cluster.stopNodes();
    }

    private void withRedis() throws Exception {
        try (RedisProcess redis = RedisProcess.server()) {
            String uri = "redis://127.0.0.1:" + redis.port();
            Node.Channels channel = (store, messages) -> new RedisChannelProvider()
                    .configure(new MapSettings(Map.of("uri", uri)))
                    .open(Node.context(100_000).withMessages(application -> messages), SharedConnection.NONE);
            try (HikariDataSource pool = pool();
                    Node node = node(pool, channel);
                    PlainJdbc jdbc = new PlainJdbc(cluster.url(), "plain, beside Redis");
                    RedisTrip trip = new RedisTrip(uri)) {
                startOthers(Map.of("lockstep.cache", "memory", "lockstep.channel", "redis", "lockstep.redis.uri", uri));
                latency(node, jdbc, trip::measure, new Rows("Redis", "a message over Redis and its answer", "redis"));
            }
            cluster.stopNodes();
        }
    }

    private void withoutChannel() throws Exception {
        try (HikariDataSource pool = pool();
                Node node = node(pool, NO_CHANNEL)) {
            startOthers(Map.of("lockstep.cache", "memory", "lockstep.channel", "none"));
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < (quick ? 10 : 40); i++) {
                millis.add(revoke(node, open(node)) / 1e3);
            }
            report.add(new Row("lockstep revoke, three nodes, no channel", Median.of(millis) * 1e3, "µs"));
        }
        cluster.stopNodes();
    }

    private void channelLatency(Node node, PlainJdbc jdbc, SessionCache cache) throws Exception {
        Runnable roundTrip = RawInfinispan.acknowledgedPut(cache);
        Trip trip = () -> {
            long start = System.nanoTime();
            roundTrip.run();
            return (System.nanoTime() - start) / 1e3;
        };
        latency(node, jdbc, trip, new Rows("Infinispan", "an acknowledged Infinispan round trip", "channel"));
    }

    /** A message to another node and its answer; microseconds. */
    @FunctionalInterface
    private interface Trip {
        double measure() throws Exception;
    }

    /** What is measured with one kind of channel is called. */
    private record Rows(String channel, String trip, String goal) {}

    private void latency(Node node, PlainJdbc jdbc, Trip roundTrip, Rows names) throws Exception {
        int warmUps = quick ? 500 : 2_000;
        int rounds = warmUps + (quick ? 400 : 1_000);
        List<Double> ours = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> trips = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double mine = revoke(node, open(node));
            double theirs = jdbc.revoke(i);
            double trip = roundTrip.measure();
            if (i >= warmUps) {
                ours.add(mine);
                plain.add(theirs);
                trips.add(trip);
                floors.add(theirs + trip);
            }
        }
        double median = Median.of(ours);
        double floor = Median.of(plain) + Median.of(trips);
        report.add(new Row("lockstep revoke, three nodes, " + names.channel(), median, "µs"));
        report.add(new Row("the same transaction by plain JDBC, beside " + names.channel(), Median.of(plain), "µs"));
        report.add(new Row(names.trip(), Median.of(trips), "µs"));
        report.add(Goal.atMost("logout-" + names.goal(), median / floor, 1.5));
        report.add(Goal.atMost("logout-" + names.goal() + "-p99", tail(ours), 5));
        report.add(Goal.stated("logout-" + names.goal() + "-p99-of-floor", tail(floors)));
    }

    /** No other node to wait for: what is left is the store's work, and the way there and back. */
    private void alone() throws Exception {
        try (HikariDataSource pool = pool();
                Node node = node(pool, NO_CHANNEL)) {
            report.add(Goal.atLeast("logout-one-client-alone", throughput(node, 1, ", a node alone"), 0.5));
        }
    }

    private void throughput(Node node) throws Exception {
        report.add(Goal.atLeast("logout-one-client", throughput(node, 1, ""), 0.5));
        throughput(node, 8, "");
        report.add(Goal.atLeast("logout-throughput", throughput(node, 64, ""), 1));
    }

    /** Of revocations to updates; the median of the rounds' ratios. */
    private double throughput(Node node, int clients, String where) throws Exception {
        int seconds = quick ? 3 : 5;
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
        report.add(new Row("lockstep revocations, " + clients + " clients" + where, Median.of(ours), "per s"));
        report.add(new Row("single-row updates, " + clients + " clients" + where, Median.of(plain), "per s"));
        return Median.of(ratios);
    }

    private void stampede(Node node, NodeClient other) throws Exception {
        int worst = 0;
        for (int round = 0; round < (quick ? 5 : 20); round++) {
            String token = other.send("OPEN alice").get().words().get(1);
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
    private static Node node(HikariDataSource pool, Node.Channels channel) {
        Node node = new Node(pool, MemoryCacheProvider.open(Node.context(100_000)), null, FactsLimits.DEFAULT, channel);
        return ready(node);
    }

    private static Node ready(Node node) {
        node.awaitLease(open(node));
        return node;
    }

    private static SessionToken open(Node node) {
        return node.sessions().open("alice", Set.of("user"), Map.of()).token();
    }

    /** How many times as long as the median one in a hundred takes at least. */
    private static double tail(List<Double> values) {
        return values.stream().sorted().toList().get((int) (0.99 * (values.size() - 1))) / Median.of(values);
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
