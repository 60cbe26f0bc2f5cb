package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.web.probe.ProbeServlet;
import dev.lockstep.web.probe.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter promises, and what else may lead around it on a real server. */
abstract class FilterOnServer extends EndpointsOnServer {

    /** Not for the filter, which needs none: an error page can be declared nowhere else. */
    static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <error-page><location>/error</location></error-page>
            </web-app>
            """;

    /** A server that has Faces renders it, another one serves it as it is. */
    private static final String PAGE = """
            <html xmlns="http://www.w3.org/1999/xhtml"><body>SECRET page</body></html>
            """;

    private static final String FACES_CONFIG = """
            <faces-config xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"/>
            """;

    /** The application of these tests. */
    static WebArchive probe(String name, Map<String, String> config) {
        return Deployments.war(name, withEndpoints(config), BackdoorServlet.class, RestResources.class)
                .addClasses(RestResources.RestApplication.class, RestResources.Located.class, ProbeServlet.class)
                .addClasses(SecretSocket.class, MethodOverrideFilter.class)
                .addAsWebResource(new StringAsset(PAGE), "pages/secret.xhtml")
                .addAsWebInfResource(new StringAsset(FACES_CONFIG), "faces-config.xml")
                .addClass("dev.lockstep.web.probe.Echo")
                .setWebXML(new StringAsset(WEB_XML));
    }

    @Test
    void jakartaRestSeesTheIdentity() {
        assertThat(bearer("/rest/secret/who", open("alice", "user")).body()).isEqualTo("alice true Bearer");
        assertThat(bearer("/rest/secret/request", open("alice", "user")).body()).isEqualTo("alice true");
        assertThat(bearer("/rest/secret/admin", open("root", "admin")).body()).isEqualTo("ADMIN");
        assertThat(get("/rest/secret/public/x").body()).isEqualTo("PUBLIC public/x");
        assertThat(get("/rest/open/x").body()).isEqualTo("OPEN x");
        assertThat(get("/rest/open/x;y=z").body()).isEqualTo("OPEN x");
    }

    /**
     * A WebSocket, what a method override leads to, a sub-resource locator, a description of
     * resources, a page.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/socket",
                "/rest/secret",
                "/rest/secret/item",
                "/rest/secret/located",
                "/rest/secret/admin",
                "/pages/secret.xhtml"
            })
    void noMethodOrHeaderOpensADoor(String path) {
        for (String method : List.of("OPTIONS", "GET", "HEAD", "POST", "DELETE", "TRACE", "FOO")) {
            for (String[] headers : disguises()) {
                Reply reply = send(method, path, headers);
                assertThat(reply.status()).as(method + " " + reply).isGreaterThanOrEqualTo(400);
                assertThat(reply.body()).as(method + " " + reply).doesNotContain("SECRET", "ADMIN", "wadl");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/socket",
                "/api//socket",
                "/./api/socket",
                "/open/../api/socket",
                "/open/..;/api/socket",
                "/open/%2e%2e/api/socket",
                "/open%2f..%2fapi/socket",
                "/%61pi/socket",
                "/api%2fsocket",
                "/api;x/socket",
                "/api/socket;x",
                "/api/socket/",
                "/API/socket",
                "/api/public/../socket",
                "/api/public/..;/socket"
            })
    void noDetourOpensAWebSocket(String path) {
        for (String[] headers : disguises()) {
            assertThat(get(path, headers).status()).as(path).isNotEqualTo(101);
        }
    }

    /** Otherwise the tests before would show nothing. */
    @Test
    void theDoorsAreThere() {
        String alice = "Authorization: Bearer " + open("alice", "user");
        assertThat(send("OPTIONS", "/rest/secret", alice).status()).isEqualTo(200);
        assertThat(send("POST", "/rest/secret/item", alice, "Content-Length: 0", "X-HTTP-Method-Override: DELETE")
                        .body())
                .isEqualTo("SECRET deleted");
        assertThat(get("/rest/secret/located", alice).body()).isEqualTo("SECRET located");
        assertThat(get("/pages/secret.xhtml", alice).body()).contains("SECRET page");
        try (WebSocketClient socket =
                WebSocketClient.open(site().port(), site().context() + "/api/socket", open("alice", "user"))) {
            assertThat(socket.ask("hello")).isEqualTo("SECRET hello");
        }
    }

    @ParameterizedTest
    @MethodSource("waysToTheSecret")
    void noDetourReachesAResourceWithoutAToken(String path) {
        Reply reply = get(path);
        assertThat(reply.body()).as(reply.toString()).doesNotContain("SECRET").doesNotContain("ADMIN");
        Reply alice = bearer(path, open("alice", "user"));
        assertThat(alice.body()).as(alice.toString()).doesNotContain("ADMIN");
    }

    static Stream<String> waysToTheSecret() {
        return Stream.of("secret", "secret/x", "secret/admin", "secret/admin/x", "secret/public/x")
                .flatMap(FilterOnServer::detours);
    }

    private static Stream<String> detours(String to) {
        String encoded = to.replace("/", "%2f");
        String parameters = to.replace("/", ";x/");
        return Stream.of(
                "/rest/" + to,
                "/rest/" + to + "/",
                "/rest;x/" + to,
                "/rest;x=y/" + parameters,
                "/rest;/" + to,
                "/rest/;x/" + to,
                "/;x/rest/" + to,
                "/rest/" + parameters,
                "/rest/" + parameters + ";y",
                "/rest/" + encoded,
                "/rest%2f" + encoded,
                "/rest%2f" + to,
                "/rest//" + to,
                "//rest/" + to,
                "/rest/./" + to,
                "/rest/open/../" + to,
                "/rest/open/..;/" + to,
                "/rest/open/..;x/" + to,
                "/rest/open;x/../" + to,
                "/rest/open/%2e%2e/" + to,
                "/rest/open%2f..%2f" + encoded,
                "/rest/open/..%2f" + to,
                "/rest/open/%252e%252e/" + to,
                "/rest/open/..%5c" + to,
                "/rest/%73" + to.substring(1),
                "/rest/%53" + to.substring(1),
                "/rest/S" + to.substring(1),
                "/rest/" + to + "/../../open/x",
                "/rest/" + to + "/../../../rest/open/x",
                "/rest/" + to + "/%2e%2e/%2e%2e/%2e%2e/open/x",
                "/rest/" + to + "/..;/..;/..;/open/x",
                "/rest/" + to + "%2f..%2f..%2fopen",
                "/rest/" + to + "%2fopen",
                "/rest/" + to + "%00",
                "/rest/" + to + "%3bx",
                "/rest/" + to + ".",
                "/rest/" + to + "%20",
                "/rest/" + to + "?x",
                "/rest/" + to + "%3fx",
                "/rest/" + to + "%23x",
                "/rest/secret/public/../" + to,
                "/rest/secret/public/..;/../" + to,
                "/rest/secret/public;x/../../" + to,
                "/rest/secret/public%2f..%2f..%2f" + to,
                "/open/../rest/" + to,
                "/open/..;/rest/" + to);
    }
}
