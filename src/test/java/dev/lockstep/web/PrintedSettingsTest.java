package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The settings that the how-to prints protect what it says, on Jetty. */
class PrintedSettingsTest {

    private static final Block PATHS = Block.printed("docs/howto/protect.md", "properties", 1);
    private static final Block GROUPS = Block.printed("docs/howto/protect.md", "properties", 2);
    private static final Block ORIGINS = Block.printed("docs/howto/protect.md", "properties", 3);

    private static final Block COOKIE = Block.printed("docs/howto/cookies.md", "properties", 1);

    private static final String PUT = "Access-Control-Request-Method: PUT";

    @Test
    void whatIsProtectedNeedsASessionAndWhatIsPermittedDoesNot() throws Exception {
        try (JettySite site = site(PATHS)) {
            String user = site.open("alice", "user");
            assertThat(status(site, "/api/orders")).isEqualTo(401);
            assertThat(status(site, "/api/orders", bearer(user))).isEqualTo(200);
            assertThat(status(site, "/api/login")).isEqualTo(200);
            assertThat(status(site, "/api/public/news")).isEqualTo(200);
            assertThat(status(site, "/api/admin/users", bearer(user))).isEqualTo(403);
            assertThat(status(site, "/api/admin/users", bearer(site.open("root", "admin"))))
                    .isEqualTo(200);
        }
    }

    @Test
    void everyRuleThatMatchesMustBeMet() throws Exception {
        try (JettySite site = site(PATHS, GROUPS)) {
            for (String group : new String[] {"admin", "operator"}) {
                assertThat(status(site, "/api/admin/users", bearer(site.open("root", group))))
                        .isEqualTo(200);
                assertThat(status(site, "/api/admin/audit/x", bearer(site.open("root", group))))
                        .isEqualTo(403);
                assertThat(status(site, "/api/admin/audit/x", bearer(site.open("root", group, "auditor"))))
                        .isEqualTo(200);
            }
            assertThat(status(site, "/api/admin/audit/x", bearer(site.open("eve", "auditor"))))
                    .isEqualTo(403);
        }
    }

    @Test
    void scriptsOfTheListedOriginsMayCall() throws Exception {
        try (JettySite site = site(PATHS, ORIGINS)) {
            for (String origin : new String[] {"https://shop.example", "http://localhost:5173"}) {
                Reply preflight = send(site, "OPTIONS", "/api/orders", "Origin: " + origin, PUT);
                assertThat(preflight.status()).isEqualTo(204);
                assertThat(preflight.headers("Access-Control-Allow-Origin")).containsExactly(origin);
            }
            assertThat(send(site, "OPTIONS", "/api/orders", "Origin: https://evil.example", PUT)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aCookieOpensWhatIsProtected() throws Exception {
        try (JettySite site = site(COOKIE)) {
            String cookie = "Cookie: __Host-session=" + site.open("alice", "user");
            assertThat(status(site, "/api/orders", cookie)).isEqualTo(200);
            assertThat(status(site, "/api/orders", cookie, bearer("x"))).isEqualTo(400);
            assertThat(send(site, "POST", "/api/orders", cookie, "Content-Length: 0")
                            .status())
                    .isEqualTo(403);
        }
        try (JettySite site = site(PATHS)) {
            String cookie = "Cookie: __Host-session=" + site.open("alice", "user");
            assertThat(status(site, "/api/orders", cookie)).isEqualTo(401);
        }
    }

    private static JettySite site(Block... printed) throws Exception {
        return new JettySite(settings(printed)).withFilter().start();
    }

    private static Map<String, String> settings(Block... printed) throws IOException {
        Properties settings = new Properties();
        for (Block each : printed) {
            settings.load(new StringReader(each.text()));
        }
        return settings.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, settings::getProperty));
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static int status(JettySite site, String path, String... headers) {
        return send(site, "GET", path, headers).status();
    }

    private static Reply send(JettySite site, String method, String path, String... headers) {
        return RawHttp.send(site.port(), method, site.context() + path, headers);
    }
}
