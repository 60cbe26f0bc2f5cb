package dev.lockstep.it.web;

import dev.lockstep.it.Deployments;
import dev.lockstep.web.probe.CorsContract;
import dev.lockstep.web.probe.ProbeServlet;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What scripts of other origins get from a real server. */
abstract class CorsOnServer extends CorsContract {

    /** The application of these tests. */
    static WebArchive probe(String name, Map<String, String> config) {
        return Deployments.war(name, config, BackdoorServlet.class, ProbeServlet.class)
                .addClass("dev.lockstep.web.probe.Echo")
                .setWebXML(new StringAsset(FilterOnServer.WEB_XML));
    }
}
