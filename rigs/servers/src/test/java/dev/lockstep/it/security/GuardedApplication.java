package dev.lockstep.it.security;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Example;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import dev.lockstep.it.web.WebSocketClient;
import jakarta.enterprise.inject.spi.Extension;
import java.net.http.HttpResponse;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * An application with all that a container may guard, and its client.
 *
 * @param name where it is deployed
 */
record GuardedApplication(String name) {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>constrained</web-resource-name>
                  <url-pattern>/api/constrained/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>admin</role-name></auth-constraint>
              </security-constraint>
              <security-role><role-name>admin</role-name></security-role>
              <security-role><role-name>user</role-name></security-role>
            </web-app>
            """;

    private static final Block SETTINGS = Block.printed("docs/howto/container-security.md", "properties", 1);
    private static final Block RULES = Block.printed("docs/howto/container-security.md", "properties", 2);
    private static final Block RESOURCE = Block.printed("docs/howto/container-security.md", "java", 1);

    private static final String CORS = "lockstep.web.cors.origins=https://shop.example\n";

    /** As the how-to prints it, and scripts of another origin may call it. */
    WebArchive war() {
        return war(SETTINGS.text() + CORS);
    }

    /** As the how-to prints it, but the filter asks who calls. */
    WebArchive warWithFilter() {
        return war(SETTINGS.text().replace("=container", "=filter"));
    }

    /** With the filter as well, and a rule instead of each annotation. */
    WebArchive warWithRules() {
        return war(RULES.text());
    }

    private WebArchive war(String config) {
        WebArchive plain = Deployments.plainWar(
                        name,
                        BackdoorServlet.class,
                        GuardedResources.class,
                        GuardedResources.RestApplication.class,
                        SeenResources.class,
                        CallerResource.class,
                        StartNotes.class,
                        CapturedLog.class,
                        ReportsBase.class,
                        InheritingResource.class,
                        Admission.class,
                        GuardedBean.class,
                        Refusals.class,
                        GuardedEjb.class,
                        AdminEjb.class,
                        OnlyAdminsEjb.class,
                        GuardedSocket.class,
                        GuardedSocket.Handshake.class,
                        AsynchronousServlet.class,
                        ConstrainedServlet.class)
                .addAsServiceProvider(Extension.class, StartNotes.class)
                .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml");
        return Deployments.withLockstep(Deployments.addSources(plain, Example.complete(RESOURCE.text())), config);
    }

    Backdoor backdoor() {
        return new Backdoor(name);
    }

    HttpResponse<String> get(String path, String... headers) {
        return Http.to(name).get(path, headers);
    }

    HttpResponse<String> as(String token, String path) {
        return get(path, "Authorization", "Bearer " + token);
    }

    WebSocketClient socket(String token) {
        return WebSocketClient.open(Http.port(), "/" + name + "/api/socket", token);
    }

    /** In the group of administrators. */
    String root() {
        return backdoor().open("root", "user", "admin");
    }

    /** Not in it. */
    String alice() {
        return backdoor().open("alice", "user");
    }
}
