package dev.lockstep.it.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks that WildFly makes of a deployment that has none. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HealthWildFlyIT {

    private static final String BEANLESS = "beanless";
    private static final String WITHOUT = "without-checks";

    private final Health health = Health.ofServer();

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = BEANLESS, managed = false, testable = false)
    static WebArchive beanless() {
        return Deployments.war(BEANLESS, Map.of());
    }

    @Deployment(name = WITHOUT, managed = false, testable = false)
    static WebArchive withoutOurChecks() {
        return Deployments.war(WITHOUT, Map.of("lockstep.health", "false"), HeardLookUps.class);
    }

    /** As docs/howto/health.md says. */
    @Test
    void whereTheApplicationHasNoBeanOfItsOwnTheServersAreThere() {
        theServersAreThere(BEANLESS);
    }

    @Test
    void withoutOursTheServersAreThere() {
        theServersAreThere(WITHOUT);
    }

    private void theServersAreThere(String name) {
        deployer.deploy(name);
        try {
            assertThat(health.isUp("ready", "ready-deployment." + name + ".war"))
                    .isTrue();
            assertThat(health.isUp("started", "started-deployment." + name + ".war"))
                    .isTrue();
            assertThat(health.check("ready", "lockstep")).isEmpty();
            assertThat(health.check("started", "lockstep-started")).isEmpty();
        } finally {
            deployer.undeploy(name);
        }
    }
}
