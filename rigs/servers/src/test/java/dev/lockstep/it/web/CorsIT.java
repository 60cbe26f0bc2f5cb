package dev.lockstep.it.web;

import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Site;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** CORS on a real server. */
@ExtendWith(ArquillianExtension.class)
class CorsIT extends CorsOnServer {

    private static final String NAME = "cors";
    private static final Backdoor BACKDOOR = new Backdoor(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return probe(NAME, ProbeConfig.CORS_CONFIG);
    }

    @Override
    protected Site site() {
        return BACKDOOR;
    }
}
