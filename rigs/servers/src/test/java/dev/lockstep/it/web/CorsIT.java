package dev.lockstep.it.web;

import dev.lockstep.it.Deployments;
import dev.lockstep.web.probe.CorsContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.ProbeServlet;
import dev.lockstep.web.probe.Site;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** CORS on a real server. */
@ExtendWith(ArquillianExtension.class)
class CorsIT extends CorsContract {

    private static final Backdoor BACKDOOR = new Backdoor("cors");

    @Deployment(testable = false)
    static WebArchive probe() {
        return Deployments.war("cors", ProbeConfig.CORS_CONFIG, BackdoorServlet.class, ProbeServlet.class)
                .addClass("dev.lockstep.web.probe.Echo")
                .setWebXML(new StringAsset(FilterIT.WEB_XML));
    }

    @Override
    protected Site site() {
        return BACKDOOR;
    }
}
