package dev.lockstep.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application can be redeployed again and again, and leaves no thread and no timer behind. */
@ExtendWith(ArquillianExtension.class)
class RedeploymentWildFlyIT {

    private static final int TIMES = 3;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "watcher", testable = false)
    static WebArchive watcher() {
        return Deployments.war("watcher", Map.of(), WatcherServlet.class);
    }

    @Deployment(name = "redeployed", managed = false, testable = false)
    static WebArchive redeployed() {
        return Deployments.war(
                "redeployed", Map.of("lockstep.lease", "1s", "lockstep.web.protect", "/none"), UsedServlet.class);
    }

    @Test
    void anUndeployedApplicationLeavesNoThreadBehind() {
        for (int i = 0; i < TIMES; i++) {
            deployer.deploy("redeployed");
            assertThat(Http.to("redeployed").get("/use").body()).isEqualTo("used");
            deployer.undeploy("redeployed");

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() ->
                            assertThat(Http.to("watcher").get("/left").body()).isEqualTo("threads []"));
        }
    }
}
