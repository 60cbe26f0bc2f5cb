package dev.lockstep.it.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.it.Http;
import dev.lockstep.web.probe.RawHttp;
import org.jboss.arquillian.container.test.api.Deployer;

/** Deployments that have to fail. */
final class RefusedDeployments {

    private RefusedDeployments() {}

    /**
     * WildFly's adapter reports the failure with its cause, Payara's does not: so the server is
     * asked as well.
     */
    static void assertRefused(Deployer deployer, String deployment, String path, String message) {
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
