package dev.lockstep.it.web;

import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Site;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same promises where the server asks who calls. */
@ExtendWith(ArquillianExtension.class)
class ContainerFilterIT extends FilterOnServer {

    private static final String NAME = "bycontainer";
    private static final Backdoor BACKDOOR = Backdoor.whereTheContainerAsks(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return probe(NAME, ProbeConfig.CONTAINER_CONFIG);
    }

    @Override
    protected Site site() {
        return BACKDOOR;
    }
}
