package dev.lockstep.it.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one node keeps open, and another's logout: two deployments of a server, in one database. */
@ExtendWith(ArquillianExtension.class)
class ConnectionsWildFlyIT {

    private static final String NODE = "connections";
    private static final String OTHER = "connections-other";
    private static final String PRICES = "/connections/api/prices";
    private static final Backdoor LOGIN = new Backdoor(NODE);
    private static final Backdoor OTHER_NODE = new Backdoor(OTHER);

    @Deployment(name = OTHER, order = 2, testable = false)
    static WebArchive other() {
        return Deployments.war(OTHER, Map.of("lockstep.application", NODE), BackdoorServlet.class);
    }

    @Deployment(name = NODE, order = 1, testable = false)
    static WebArchive node() {
        WebArchive war = Deployments.war(
                NODE,
                Map.of("lockstep.application", NODE, "lockstep.web.protect", "/api/*"),
                BackdoorServlet.class,
                IdentityResources.RestApplication.class);
        return Deployments.addSources(war, PrintedApplication.connections());
    }

    @Test
    void aWebSocketEndsWithTheSessionThatAnotherNodeRevokes() {
        String token = LOGIN.open("alice", "user");
        try (WebSocketClient alices = WebSocketClient.open(Http.port(), PRICES, token);
                WebSocketClient bobs = WebSocketClient.open(Http.port(), PRICES, LOGIN.open("bob", "user"))) {
            assertThat(alices.ask("x")).isEqualTo("x: 1");
            OTHER_NODE.revoke(token);
            assertThat(alices.next()).isEqualTo("closed 1008");
            assertThat(bobs.ask("y")).isEqualTo("y: 1");
        }
    }

    @Test
    void anEventStreamEndsWithTheSessionThatAnotherNodeRevokes() throws Exception {
        String token = LOGIN.open("alice", "user");
        try (EventStreamClient stream = EventStreamClient.open(NODE, "api/news", token)) {
            assertThat(stream.next()).isEqualTo("data: welcome");
            OTHER_NODE.revoke(token);
            assertThat(stream.next()).isEqualTo("end");
        }
    }
}
