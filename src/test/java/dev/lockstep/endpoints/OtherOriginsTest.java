package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pages of other origins can make of the endpoints, in a browser that has the cookie: of any
 * origin, and of one that {@code lockstep.web.cors} allows.
 */
class OtherOriginsTest {

    private static final String ALLOWED = "https://app.example";

    private static EndpointsSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.with(
                        "lockstep.web.cookie", "__Host-session",
                        "lockstep.web.protect", "/api/*",
                        "lockstep.web.cors.origins", ALLOWED,
                        "lockstep.web.cors.methods", "GET,POST,DELETE"))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    /** Those that a form or a script may send without being asked first, and some more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json",
                "application/csp-report",
                "application/reports+json",
                "text/ping"
            })
    void noneEndsAnythingByTheCookie(String type) {
        String token = site.open("ada");
        for (String claim : List.of("cross-site", "same-site", "none", "")) {
            assertRefused(send(token, "POST", "/sessions/end-all", "https://evil.example", claim, type));
        }
        assertRefused(send(token, "POST", "/sessions/end-all", ALLOWED, "cross-site", type));
        assertRefused(send(token, "POST", "/sessions/end-all", "null", "", type));
        assertThat(site.sessions().list("ada")).hasSize(1);
        site.sessions().revokeAll("ada");
    }

    @Test
    void noneUsesAnyOperationThatDoesMoreThanRead() {
        String token = site.open("dora", "admin", "gateway");
        String id = site.sessions().list("dora").get(0).id();
        for (String operation : List.of(
                "POST /sessions/end-others",
                "DELETE /sessions/" + id,
                "DELETE /admin/sessions/" + id,
                "POST /admin/sessions/end-principal",
                "POST /admin/sessions/end-everything",
                "POST /oauth/revoke",
                "POST /oauth/introspect",
                "POST /global-token-revocation",
                "PUT /sessions")) {
            String[] line = operation.split(" ");
            assertRefused(send(token, line[0], line[1], "https://evil.example", "", ""));
        }
        assertThat(site.sessions().list("dora")).hasSize(1);
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("cross_site");
    }

    @Test
    void anAllowedOneReadsAndNoOther() {
        String token = site.open("bea");
        Reply allowed = site.as(token, "GET", "/sessions", "Origin: " + ALLOWED);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.headers("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
        assertThat(allowed.headers("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(allowed.headers("Vary")).contains("Origin");
        for (String origin :
                List.of("https://evil.example", "null", ALLOWED + ".evil.example", "HTTPS://APP.EXAMPLE")) {
            Reply other = send(token, "GET", "/sessions", origin, "cross-site", "");
            assertThat(other.headers("Access-Control-Allow-Origin")).as(origin).isEmpty();
            assertThat(other.headers("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(other.headers("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
            assertThat(other.headers("Vary")).contains("Origin");
        }
    }

    @Test
    void aPreflightChangesNothingAndSaysWhatIsConfigured() {
        String token = site.open("cleo");
        Reply reply = site.send(
                "OPTIONS",
                "/sessions/end-all",
                "Cookie: __Host-session=" + token,
                "Origin: https://evil.example",
                "Access-Control-Request-Method: POST");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.headers("Access-Control-Allow-Origin")).isEmpty();
        assertThat(site.sessions().list("cleo")).hasSize(1);
    }

    private static Reply send(String token, String method, String path, String origin, String fetchSite, String type) {
        List<String> headers = new ArrayList<>(List.of("Cookie: __Host-session=" + token, "Origin: " + origin));
        Stream.of(
                        fetchSite.isEmpty() ? "" : "Sec-Fetch-Site: " + fetchSite,
                        type.isEmpty() ? "" : "Content-Type: " + type,
                        "Content-Length: 0")
                .filter(header -> !header.isEmpty())
                .forEach(headers::add);
        return site.send(method, path, headers.toArray(String[]::new));
    }
}
