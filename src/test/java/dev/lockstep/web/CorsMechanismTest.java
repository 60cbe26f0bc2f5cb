package dev.lockstep.web;

import dev.lockstep.web.probe.CorsContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Site;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** CORS where a container asks the mechanism. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsMechanismTest extends CorsContract {

    @AutoClose
    private final JettySite site = new JettySite(ProbeConfig.CORS_CONTAINER_CONFIG);

    @BeforeAll
    void start() throws Exception {
        site.withMechanism().start();
    }

    @Override
    protected Site site() {
        return site;
    }
}
