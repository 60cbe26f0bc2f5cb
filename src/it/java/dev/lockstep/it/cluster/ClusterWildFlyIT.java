package dev.lockstep.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Ports;
import dev.lockstep.it.Http;
import jakarta.json.Json;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo application on two WildFly nodes that share a database and form an Infinispan cluster. The demo itself shows
 * the same on two nodes of Payara.
 */
class ClusterWildFlyIT {

    private static final Path WAR = Path.of(System.getProperty("it.demo.war"));
    private static final String JSON = "application/json";

    @TempDir
    Path directory;

    @Test
    void aLogoutOnOneNodeIsTrueOnTheOther() throws Exception {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Server database = Server.createTcpServer(
                        "-tcpPort", "0", "-tcpDaemon", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./sessions";
        int[] cluster = {Ports.free(), Ports.free()};
        try (WildFlyNode a =
                        WildFlyNode.start(directory.resolve("a"), url, WAR, settings("A", 1, cluster[0], cluster));
                WildFlyNode b =
                        WildFlyNode.start(directory.resolve("b"), url, WAR, settings("B", 2, cluster[1], cluster))) {
            a.awaitDeployment();
            b.awaitDeployment();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> a.log().contains("] (2) ["));
            logInOnOneOutOnTheOther(Http.at(port(1), "demo"), Http.at(port(2), "demo"));
        } finally {
            database.stop();
        }
    }

    private static void logInOnOneOutOnTheOther(Http a, Http b) {
        HttpResponse<String> login =
                a.post("/api/login", "{\"username\":\"alice\",\"password\":\"alice\"}", "Content-Type", JSON);
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        String token =
                Json.createReader(new StringReader(login.body())).readObject().getString("token");
        String[] bearer = {"Authorization", "Bearer " + token};

        assertThat(a.get("/api/me", bearer).body()).contains("\"node\":\"A\"");
        assertThat(b.get("/api/me", bearer).body()).contains("\"node\":\"B\"", "\"principal\":\"alice\"");
        assertThat(a.post("/api/logout", "", bearer).statusCode()).isEqualTo(204);
        assertThat(b.get("/api/me", bearer).statusCode()).isEqualTo(401);
        assertThat(a.get("/api/me", bearer).statusCode()).isEqualTo(401);
    }

    private static Map<String, String> settings(String node, int offset, int clusterPort, int[] cluster) {
        return Map.of(
                "demo.node", node,
                "jboss.http.port", String.valueOf(port(offset)),
                "jboss.management.http.port", String.valueOf(Integer.getInteger("it.management.port") + offset),
                "lockstep.infinispan.bind-port", String.valueOf(clusterPort),
                "lockstep.infinispan.initial-hosts", "127.0.0.1:%d,127.0.0.1:%d".formatted(cluster[0], cluster[1]));
    }

    private static int port(int offset) {
        return Http.port() + offset;
    }
}
