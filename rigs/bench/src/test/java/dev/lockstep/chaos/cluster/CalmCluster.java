package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.node.NodeMain;
import dev.lockstep.process.Directories;
import dev.lockstep.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The database and the nodes of the fault test, without its faults, its agent and its network. One
 * thread's.
 */
public final class CalmCluster implements AutoCloseable {

    private final Path directory;
    private final ClusterPostgres postgres;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private CalmCluster(Path directory, ClusterPostgres postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    /** Starts a PostgreSQL server that syncs each commit to its disk. */
    public static CalmCluster start(Path directory) throws IOException, InterruptedException {
        Path run = directory.resolve("run");
        Directories.delete(run);
        Files.createDirectories(run);
        ClusterPostgres postgres = ClusterPostgres.create(run, "on");
        postgres.tellItsOwnTime();
        return new CalmCluster(run, postgres);
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres";
    }

    /** Starts a node with these settings in a JVM of its own, and waits until it answers. */
    public NodeClient startNode(Map<String, String> settings) throws Exception {
        NodeSettings own = new NodeSettings(nodes.size() + 1, Duration.ofSeconds(2), 100_000);
        List<String> command = new ArrayList<>(List.of(Jdk.program("java"), "-Xmx256m", "-XX:+UseSerialGC"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
        NodeProcess node = new NodeProcess(own, command, directory, port -> {});
        nodes.add(node);
        node.start();
        Awaitility.await("a node starts, see " + directory)
                .atMost(Duration.ofMinutes(2))
                .until(() -> node.client().send("LIST nobody").get().is("OK"));
        return node.client();
    }

    public void stopNodes() {
        nodes.forEach(NodeProcess::close);
        nodes.clear();
    }

    @Override
    public void close() {
        stopNodes();
        postgres.close();
    }
}
