package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.web.probe.FilterContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.ProbeServlet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The filter on a real server, registered by nothing but the configuration. */
@ExtendWith(ArquillianExtension.class)
class FilterIT extends FilterContract {

    private static final String NAME = "filter";

    /** Not for the filter, which needs none: an error page can be declared nowhere else. */
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <error-page><location>/error</location></error-page>
            </web-app>
            """;

    @Deployment(testable = false)
    static WebArchive probe() {
        return Deployments.war(NAME, ProbeConfig.CONFIG, BackdoorServlet.class)
                .addClasses(ProbeServlet.class, ProbeConfig.class)
                .addClass("dev.lockstep.web.probe.Echo")
                .addClasses(
                        dev.lockstep.web.TemporaryServices.class,
                        dev.lockstep.web.TemporaryServices.Now.class,
                        dev.lockstep.web.TemporaryServices.Beans.class)
                .addClass("dev.lockstep.web.StandIn")
                .addClass("dev.lockstep.web.StandIn$Current")
                .addAsResource(
                        new StringAsset("dev.lockstep.web.TemporaryServices"),
                        "META-INF/services/dev.lockstep.web.WebServices")
                .setWebXML(new StringAsset(WEB_XML));
    }

    @Override
    protected int port() {
        return Http.port();
    }

    @Override
    protected String context() {
        return "/" + NAME;
    }

    @Override
    protected String open(String principal, String... groups) {
        return backdoor("open=" + encode(principal) + "&groups=" + encode(String.join(",", groups)));
    }

    @Override
    protected void revoke(String token) {
        backdoor("revoke=" + encode(token));
    }

    @Override
    protected void withoutStore(Runnable action) {
        backdoor("store=out");
        try {
            action.run();
        } finally {
            backdoor("store=back");
        }
    }

    private static String backdoor(String query) {
        var response = Http.to(NAME).post("/backdoor?" + query, "");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
