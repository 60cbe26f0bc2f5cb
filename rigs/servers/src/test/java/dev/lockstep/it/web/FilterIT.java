package dev.lockstep.it.web;

import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Site;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The filter on a real server, registered by nothing but the configuration. */
@ExtendWith(ArquillianExtension.class)
class FilterIT extends FilterOnServer {

    private static final String NAME = "filter";
    private static final Backdoor BACKDOOR = new Backdoor(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return probe(NAME, ProbeConfig.CONFIG);
    }

    @Override
    protected Site site() {
        return BACKDOOR;
    }
}
