package dev.lockstep.it.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.SilentClient;
import dev.lockstep.it.web.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * What one node keeps open, and another's logout: two deployments of one server, in one database.
 * And one whose sessions soon expire.
 */
abstract class ConnectionsOnServer {

    static final String NODE = "connections";
    static final String OTHER = "connections-other";
    static final String BRIEF = "connections-brief";

    /** One more than there are threads for closing. */
    private static final int SILENT = 17;

    private final Backdoor login;
    private final Backdoor other;
    private final Backdoor briefly;
    private final int port;

    ConnectionsOnServer(int port) {
        this.port = port;
        login = new Backdoor(port, NODE);
        other = new Backdoor(port, OTHER);
        briefly = new Backdoor(port, BRIEF);
    }

    static WebArchive node() {
        return keeping(NODE, Map.of("lockstep.application", NODE, "lockstep.web.protect", "/api/*"));
    }

    static WebArchive other() {
        return Deployments.war(OTHER, Map.of("lockstep.application", NODE), BackdoorServlet.class);
    }

    static WebArchive brief() {
        return keeping(BRIEF, Map.of("lockstep.session.idle-timeout", "5s", "lockstep.web.protect", "/api/*"));
    }

    private static WebArchive keeping(String name, Map<String, String> settings) {
        WebArchive war = Deployments.war(
                name, settings, BackdoorServlet.class, FloodResource.class, FloodResource.RestApplication.class);
        return Deployments.addSources(war, PrintedApplication.connections());
    }

    @Test
    void aWebSocketEndsWithTheSessionThatAnotherNodeRevokes() {
        String token = login.open("alice", "user");
        try (WebSocketClient alices = socket(NODE, token);
                WebSocketClient bobs = socket(NODE, login.open("bob", "user"))) {
            assertThat(alices.ask("x")).isEqualTo("x: 1");
            other.revoke(token);
            assertThat(alices.next()).isEqualTo("closed 1008");
            assertThat(bobs.ask("y")).isEqualTo("y: 1");
        }
    }

    @Test
    void anEventStreamEndsWithTheSessionThatAnotherNodeRevokes() throws Exception {
        String token = login.open("alice", "user");
        try (EventStreamClient stream = stream(NODE, token)) {
            assertThat(stream.next()).isEqualTo("data: welcome");
            other.revoke(token);
            assertThat(stream.next()).isEqualTo("end");
        }
    }

    @Test
    void aWebSocketAndAnEventStreamEndWithTheSessionThatExpires() throws Exception {
        String token = briefly.open("alice", "user");
        try (WebSocketClient socket = socket(BRIEF, token);
                EventStreamClient stream = stream(BRIEF, token)) {
            assertThat(stream.next()).isEqualTo("data: welcome");
            assertThat(socket.next()).isEqualTo("closed 1008");
            assertThat(stream.next()).isEqualTo("end");
        }
    }

    /** They block the end of their streams, as WildFly does it. */
    @Test
    void clientsThatDoNotReadHoldUpTheEndOfNoOtherConnection() throws Exception {
        String alice = login.open("alice", "user");
        String bob = login.open("bob", "user");
        List<SilentClient> silent = new ArrayList<>();
        try (WebSocketClient alices = socket(NODE, alice);
                WebSocketClient bobs = socket(NODE, bob)) {
            for (int i = 0; i < SILENT; i++) {
                silent.add(new SilentClient(Http.at(port, NODE), "api/flood", alice, FloodResource.BEGINNING));
            }
            other.revoke(alice);
            other.revoke(bob);
            assertThat(bobs.next()).isEqualTo("closed 1008");
            assertThat(alices.next()).isEqualTo("closed 1008");
        } finally {
            for (SilentClient each : silent) {
                each.close();
            }
        }
    }

    private WebSocketClient socket(String application, String token) {
        return WebSocketClient.open(port, "/" + application + "/api/prices", token);
    }

    private EventStreamClient stream(String application, String token) throws Exception {
        return EventStreamClient.open(Http.at(port, application), "api/news", token);
    }
}
