package dev.lockstep.it.web;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.web.probe.CorsContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.ProbeServlet;
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
    protected int port() {
        return Http.port();
    }

    @Override
    protected String context() {
        return "/cors";
    }

    @Override
    protected String open(String principal, String... groups) {
        return BACKDOOR.open(principal, groups);
    }

    @Override
    protected void revoke(String token) {
        BACKDOOR.revoke(token);
    }

    @Override
    protected void withoutStore(Runnable action) {
        BACKDOOR.withoutStore(action);
    }
}
