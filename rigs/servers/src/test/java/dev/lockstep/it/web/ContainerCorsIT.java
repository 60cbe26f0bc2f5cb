package dev.lockstep.it.web;

import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Site;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same answers where the server asks who calls. */
@ExtendWith(ArquillianExtension.class)
class ContainerCorsIT extends CorsOnServer {

    private static final String NAME = "corsbycontainer";
    private static final Backdoor BACKDOOR = Backdoor.whereTheContainerAsks(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return probe(NAME, ProbeConfig.CORS_CONTAINER_CONFIG);
    }

    @Override
    protected Site site() {
        return BACKDOOR;
    }
}
