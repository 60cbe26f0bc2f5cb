package dev.lockstep.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.it.Http;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The demo application on the nodes A and B, whatever they form a cluster by. */
final class TwoNodes {

    /** The demo's application, packed in several ways. */
    static final Path WARS = Path.of(System.getProperty("it.wars"));

    private static final String FILE = "META-INF/microprofile-config.properties";
    private static final String JSON = "application/json";

    private TwoNodes() {}

    /**
     * System properties of a node.
     *
     * @param node 1 is A, 2 is B
     * @param more beside its name and ports
     */
    static Map<String, String> properties(int node, Map<String, String> more) {
        String name = node == 1 ? "A" : "B";
        Map<String, String> all = new TreeMap<>(more);
        all.put("demo.node", name);
        all.put("jboss.node.name", name);
        all.put("jboss.http.port", String.valueOf(Http.port() + node));
        all.put("jboss.management.http.port", String.valueOf(managementPort(node)));
        return all;
    }

    /**
     * The demo's application with settings of its own.
     *
     * @param war how it is packed
     * @param settings lines that follow the demo's
     */
    static WebArchive demo(Path war, Block settings) {
        try {
            String demo = Files.readString(
                    Path.of("rigs", "demo", "src", "main", "resources").resolve(FILE), UTF_8);
            return ShrinkWrap.createFromZipFile(WebArchive.class, war.toFile())
                    .addAsResource(new StringAsset(demo + settings.text()), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int managementPort(int node) {
        return Integer.getInteger("it.management.port") + node;
    }

    static Http http(int node, String application) {
        return Http.at(Http.port() + node, application);
    }

    /**
     * What was logged in on A and used on B is refused by both once A has said that it is logged
     * out.
     */
    static void logInOnOneOutOnTheOther() {
        Http a = http(1, "demo");
        Http b = http(2, "demo");
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
}
