package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.Options;
import dev.lockstep.chaos.backend.Backend;
import dev.lockstep.chaos.backend.Backends;
import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.client.NodeClient.Reply;
import dev.lockstep.chaos.forge.InventedTokens;
import dev.lockstep.chaos.node.NodeMain;
import dev.lockstep.process.Directories;
import dev.lockstep.process.Jdk;
import dev.lockstep.spi.LogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, their database, and the network between them: each node reaches the database, and each
 * other node, through a proxy of its own. Started once, closed once; its parts are used by the
 * faults that hold them.
 */
public final class Cluster implements AutoCloseable {

    /** As all nodes are configured. */
    public static final String APPLICATION = "chaos";

    private static final int PATIENCE_SECONDS = 5;

    private final Options options;
    private final InventedTokens invented = new InventedTokens();
    private final Path directory;
    private final Path agent;
    private final Backend backend;
    private final Backend channel;
    private final @Nullable PostgresPair pair;
    private final List<TcpProxy> stores = new ArrayList<>();
    private final List<TcpProxy> secondStores = new ArrayList<>();
    private final List<List<TcpProxy>> links = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<NodeSettings> settings = new ArrayList<>();
    private volatile ClusterDatabase database;

    private Cluster(
            Options options,
            Path directory,
            Path agent,
            ClusterDatabase database,
            @Nullable PostgresPair pair,
            Backend backend,
            Backend channel) {
        this.options = options;
        this.directory = directory;
        this.agent = agent;
        this.database = database;
        this.pair = pair;
        this.backend = backend;
        this.channel = channel;
    }

    public static Cluster start(Options options) throws IOException, InterruptedException {
        Path directory = options.directory().resolve("run");
        Directories.delete(directory);
        Files.createDirectories(directory);
        Path agent = AgentJar.write(directory.resolve("agent.jar"));
        PostgresPair pair = pair(options, directory);
        ClusterDatabase database = pair == null ? database(options, directory, agent) : pair.primary();
        Backend backend = Backends.start(options.cache(), directory.resolve("cache"), options.nodes());
        Backend channel = Backends.ofChannel(options.channel(), directory.resolve("channel"));
        Cluster cluster = new Cluster(options, directory, agent, database, pair, backend, channel);
        try {
            cluster.layNetwork();
            cluster.startNodes();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static ClusterDatabase database(Options options, Path directory, Path agent)
            throws IOException, InterruptedException {
        return switch (options.store()) {
            case "postgresql" -> ClusterPostgres.create(directory, options.synchronousCommit());
            case "mariadb" -> MariaDb.create(directory);
            case "h2" -> H2Server.create(directory, agent);
            default -> throw new IllegalArgumentException("chaos.store: " + options.store());
        };
    }

    private static @Nullable PostgresPair pair(Options options, Path directory)
            throws IOException, InterruptedException {
        return switch (options.store()) {
            case "postgresql-ha" -> PostgresPair.start(directory, true);
            case "postgresql-ha-async" -> PostgresPair.start(directory, false);
            default -> null;
        };
    }

    /** The one that nodes are to use. */
    public ClusterDatabase database() {
        return pair == null ? database : pair.primary();
    }

    /** The primary and its standby, where there are two servers. */
    public Optional<PostgresPair> pair() {
        return Optional.ofNullable(pair);
    }

    /** The nodes' ways to one server of the pair. */
    public List<TcpProxy> waysTo(PairedPostgres server) {
        return server.port() == database.port() ? stores : secondStores;
    }

    /** The epoch in which each node that answers has polled last; 0 before its first poll. */
    public Map<Integer, String> polledEpochs() throws InterruptedException {
        Map<Integer, String> epochs = new TreeMap<>();
        answers("POLLED").forEach((node, words) -> epochs.put(node, words.get(0)));
        return epochs;
    }

    /** Whether the nodes push to each other what was revoked. */
    public boolean isPushing() {
        return !options.channel().equals("none");
    }

    /** Tokens that no node has issued. */
    public InventedTokens invented() {
        return invented;
    }

    /**
     * How often the nodes that answer have refused something.
     *
     * @param what as {@link dev.lockstep.chaos.node.RefusalCounts} names it, or how that begins
     */
    public RefusalTally refusals(String what) throws InterruptedException {
        return RefusalTally.counted(answers("REFUSALS"), what);
    }

    /** Where the log is, as a node has heard last. */
    public LogPosition place() throws InterruptedException {
        List<Long> words = answers("PLACE").values().stream()
                .flatMap(List::stream)
                .map(Long::parseLong)
                .toList();
        return IntStream.range(0, words.size() / 2)
                .mapToObj(node -> new LogPosition(words.get(2 * node), words.get(2 * node + 1)))
                .max(Comparator.comparingLong(LogPosition::position))
                .orElse(new LogPosition(0, 0));
    }

    /** The words that each node answers to a request, but for those that are away. */
    private Map<Integer, List<String>> answers(String request) throws InterruptedException {
        Map<Integer, CompletableFuture<Reply>> asked = new TreeMap<>();
        clients().forEach(client -> asked.put(client.node(), client.send(request)));
        Map<Integer, List<String>> words = new TreeMap<>();
        for (Map.Entry<Integer, CompletableFuture<Reply>> each : asked.entrySet()) {
            try {
                Reply reply = each.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (reply.is("OK")) {
                    words.put(each.getKey(), reply.words());
                }
            } catch (ExecutionException | TimeoutException e) {
                // it stands still
            }
        }
        return words;
    }

    /** Whether the nodes poke each other by the database's notifications. */
    public boolean isNotified() {
        return options.channel().equals("postgresql");
    }

    /** Deletes a session as an operator might, without a word to the log. */
    public void deleteRow(String sessionId) {
        try {
            database().execute("DELETE FROM lockstep_session WHERE id = '" + sessionId + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on this is the nodes' database; their connections break. */
    public void leadTo(ClusterDatabase next) {
        database = next;
        stores.forEach(way -> way.leadTo(next.port()));
        stores.forEach(TcpProxy::breakConnections);
    }

    public Backend backend() {
        return backend;
    }

    /** What the channel needs beside the store. */
    public Backend channel() {
        return channel;
    }

    public List<NodeProcess> nodes() {
        return nodes;
    }

    public List<NodeClient> clients() {
        return nodes.stream().map(NodeProcess::client).toList();
    }

    /** The way from a node to the database. */
    public TcpProxy store(int node) {
        return stores.get(node);
    }

    public List<TcpProxy> stores() {
        return stores;
    }

    /** All ways between a node and the others, in both directions. */
    public List<TcpProxy> linksOf(int node) {
        List<TcpProxy> of = new ArrayList<>();
        for (int other = 0; other < options.nodes(); other++) {
            if (other != node) {
                of.add(links.get(node).get(other));
                of.add(links.get(other).get(node));
            }
        }
        return of;
    }

    public Duration lease(int node) {
        return settings.get(node).lease();
    }

    public Duration longestLease() {
        return settings.stream()
                .map(NodeSettings::lease)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        database.close();
        pair().ifPresent(PostgresPair::close);
        backend.close();
        channel.close();
        stores.forEach(TcpProxy::close);
        secondStores.forEach(TcpProxy::close);
        links.forEach(row -> row.forEach(TcpProxy::close));
    }

    private void layNetwork() throws IOException {
        for (int from = 0; from < options.nodes(); from++) {
            TcpProxy store = new TcpProxy();
            store.leadTo(database.port());
            stores.add(store);
            if (pair != null) {
                TcpProxy second = new TcpProxy();
                second.leadTo(pair.standby().port());
                secondStores.add(second);
            }
            List<TcpProxy> row = new ArrayList<>();
            for (int to = 0; to < options.nodes(); to++) {
                row.add(new TcpProxy());
            }
            links.add(row);
        }
    }

    private void startNodes() throws IOException {
        for (int number = 0; number < options.nodes(); number++) {
            int node = number;
            NodeSettings own =
                    NodeSettings.of(node, options.nodes(), options.aim().longestLease());
            settings.add(own);
            nodes.add(new NodeProcess(
                    own,
                    command(own),
                    directory,
                    port -> links.forEach(row -> row.get(node).leadTo(port))));
        }
        for (NodeProcess node : nodes) {
            node.launch();
        }
        for (NodeProcess node : nodes) {
            node.connect();
        }
    }

    private String url(int node) {
        int port = stores.get(node).port();
        return pair == null
                ? database.url(port)
                : PostgresPair.url(port, secondStores.get(node).port());
    }

    private List<String> command(NodeSettings own) {
        int node = own.number();
        List<String> command = new ArrayList<>(List.of(
                Jdk.program("java"),
                "-Xmx256m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-javaagent:" + agent,
                "-Dchaos.node=" + node,
                "-Dchaos.seed=" + options.seed(),
                "-Dchaos.cache=" + Backends.cacheOf(options.cache()),
                "-Dchaos.break=" + options.brokenRule(),
                "-Dchaos.lease=" + own.lease().toMillis(),
                "-Dchaos.poisoned=" + own.isPoisoned(),
                "-Dchaos.directory=" + directory,
                "-Dchaos.peers="
                        + links.get(node).stream()
                                .filter(link -> link != links.get(node).get(node))
                                .map(link -> Integer.toString(link.port()))
                                .collect(Collectors.joining(","))));
        own.properties("chaos", url(node), database.user())
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        backend.settings(node).forEach((key, value) -> command.add("-Dlockstep.chaos." + key + "=" + value));
        command.add("-Dlockstep.channel=" + (options.channel().isEmpty() ? "chaos" : options.channel()));
        if (!options.channel().isEmpty()) {
            channel.settings(node)
                    .forEach((key, value) -> command.add("-Dlockstep." + options.channel() + "." + key + "=" + value));
        }
        options.settings().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
        return command;
    }
}
