package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import dev.lockstep.it.Http;
import dev.lockstep.web.WebServices;
import dev.lockstep.web.probe.BrokenServices;
import dev.lockstep.web.probe.RawHttp;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application whose filter cannot be registered does not start without it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FailClosedIT {

    private static final String NAME = "broken";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive broken() {
        return Deployments.war(NAME, Map.of(), HelloServlet.class, BrokenServices.class)
                .addAsResource(
                        new StringAsset(BrokenServices.class.getName()),
                        "META-INF/services/" + WebServices.class.getName());
    }

    /** WildFly's adapter reports the failure, Payara's does not: so the server is asked. */
    @Test
    void isNotDeployed() {
        Throwable failure = catchThrowable(() -> deployer.deploy(NAME));
        try {
            assertThat(RawHttp.send(Http.port(), "GET", "/broken/hello").status())
                    .as(String.valueOf(failure))
                    .isEqualTo(404);
        } finally {
            if (failure == null) {
                deployer.undeploy(NAME);
            }
        }
    }
}
