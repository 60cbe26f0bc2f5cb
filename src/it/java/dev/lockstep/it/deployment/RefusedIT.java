package dev.lockstep.it.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import dev.lockstep.it.Http;
import dev.lockstep.web.probe.RawHttp;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that would be open, or forget their sessions, are not deployed. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RefusedIT {

    private static final String MISSPELT = "misspelt";
    private static final String EAR = "ear";

    @ArquillianResource
    Deployer deployer;

    /** On Payara the source of the application's own file has no name that tells. */
    @Deployment(name = MISSPELT, managed = false, testable = false)
    static WebArchive misspelt() {
        return Deployments.war(MISSPELT, Map.of("lockstep.web.protct", "/*"), HelloServlet.class);
    }

    @Deployment(name = EAR, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "shop.ear")
                .addAsModule(Deployments.war("shopweb", Map.of(), HelloServlet.class));
    }

    @Test
    void aKeyThatMeansNothingInTheApplicationsOwnFileIsRefused() {
        assertRefused(MISSPELT, "misspelt", "LOCKSTEP-0002 lockstep.web.protct");
    }

    @Test
    void anEarIsRefused() {
        assertRefused(EAR, "shopweb", "LOCKSTEP-0013 Lockstep is in an EAR");
    }

    /** WildFly's adapter reports the failure with its cause, Payara's does not: so the server is asked as well. */
    private void assertRefused(String deployment, String path, String message) {
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));
        try {
            assertThat(RawHttp.send(Http.port(), "GET", "/" + path + "/hello").status())
                    .as(String.valueOf(failure))
                    .isEqualTo(404);
            if (failure != null && String.valueOf(failure.getMessage()).contains("WFLY")) {
                assertThat(failure).hasStackTraceContaining(message);
            }
        } finally {
            if (failure == null) {
                deployer.undeploy(deployment);
            }
        }
    }
}
