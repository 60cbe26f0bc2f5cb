package dev.lockstep.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.identity.ContextProviderFile;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An application can be redeployed again and again on WildFly, and leaves nothing behind: no
 * thread, no timer, no class loader, and nothing open.
 */
@ExtendWith(ArquillianExtension.class)
class RedeploymentWildFlyIT {

    private static final int TIMES = 3;

    @ArquillianResource
    Deployer deployer;

    /**
     * Without Lockstep, so that what is redeployed is the first to use what it uses of the server.
     */
    @Deployment(name = "watcher", testable = false)
    static WebArchive watcher() {
        return ShrinkWrap.create(WebArchive.class, "watcher.war").addClasses(WatcherServlet.class, LeftBehind.class);
    }

    @Deployment(name = "redeployed", managed = false, testable = false)
    static WebArchive redeployed() {
        return ContextProviderFile.addTo(Deployments.war(
                "redeployed",
                Map.of("lockstep.lease", "1s", "lockstep.web.protect", "/none"),
                UsedServlet.class,
                KeptSocket.class,
                KeptStream.class,
                KeptStream.RestApplication.class));
    }

    @Test
    void anUndeployedApplicationLeavesNothingBehind() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            deployer.deploy("redeployed");
            gatherCrowd();
            assertThat(Http.to("redeployed").get("/use").body()).isEqualTo("used");
            try (WebSocketClient socket = WebSocketClient.open(Http.port(), "/redeployed/kept");
                    EventStreamClient stream = EventStreamClient.open(Http.to("redeployed"), "rest/kept", "none")) {
                assertThat(socket.ask("hello") + ", " + stream.next()).isEqualTo("hello, data: welcome");
                deployer.undeploy("redeployed");
                assertThat(socket.next() + ", " + stream.next()).isEqualTo("closed 1001, end");
            }

            await().atMost(Duration.ofMinutes(3)).ignoreExceptions().untilAsserted(() -> {
                gatherCrowd();
                assertThat(Http.to("watcher").get("/left").body()).isEqualTo(LeftBehind.NOTHING);
            });
        }
    }

    /**
     * Occupies many of the server's threads at a time. A thread of WildFly's remembers the request
     * that it was created for for as long as it lives, and the last one until it has another, and
     * with a request the application. So there are to be threads before the application is used,
     * and other requests for them after it.
     */
    private static void gatherCrowd() throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(WatcherServlet.CROWD);
        try {
            Http http = Http.to("watcher");
            Callable<?> request = () -> http.get("/crowd");
            clients.invokeAll(Collections.nCopies(WatcherServlet.CROWD, request));
        } finally {
            clients.shutdown();
        }
    }
}
