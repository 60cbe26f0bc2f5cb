package dev.lockstep.it.cluster;

import dev.lockstep.docs.Block;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo application on two WildFly nodes that share a database and form an Infinispan cluster.
 * The demo itself shows the same on two nodes of Payara.
 */
class ClusterWildFlyIT {

    private static final Path WAR = TwoNodes.WARS.resolve("lockstep-infinispan.war");
    private static final Block SETTINGS = Block.printed("docs/howto/war-size.md", "properties", 1);

    @TempDir
    Path directory;

    @Test
    void aLogoutOnOneNodeIsTrueOnTheOther() throws Exception {
        Path demo = directory.resolve("demo.war");
        TwoNodes.demo(WAR, SETTINGS).as(ZipExporter.class).exportTo(demo.toFile());
        int[] cluster = {Ports.free(), Ports.free()};
        try (SharedH2 database = SharedH2.start(directory);
                WildFlyNode a = start(1, demo, database, cluster);
                WildFlyNode b = start(2, demo, database, cluster)) {
            a.awaitDeployment();
            b.awaitDeployment();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> a.log().contains("] (2) ["));
            TwoNodes.logInOnOneOutOnTheOther();
        }
    }

    private WildFlyNode start(int node, Path demo, SharedH2 database, int[] cluster) throws IOException {
        WildFlyBase base = WildFlyBase.make(directory.resolve("node" + node), database.url(), Map.of("demo.war", demo));
        return WildFlyNode.start(
                base,
                TwoNodes.properties(
                        node,
                        Map.of(
                                "lockstep.infinispan.bind-port",
                                String.valueOf(cluster[node - 1]),
                                "lockstep.infinispan.initial-hosts",
                                "127.0.0.1:%d,127.0.0.1:%d".formatted(cluster[0], cluster[1]))));
    }
}
