package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.CorsContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import dev.lockstep.web.probe.Site;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** CORS on Jetty, with a stand-in for the session manager. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsTest extends CorsContract {

    @AutoClose
    private final JettySite site = new JettySite(ProbeConfig.CORS_CONFIG);

    @BeforeAll
    void start() throws Exception {
        site.withFilter().start();
    }

    @Test
    void anyOriginIsToldToEveryoneAlike() throws Exception {
        Map<String, String> all = Map.of("lockstep.web.protect", "/api/*", "lockstep.web.cors.origins", "*");
        try (JettySite any = new JettySite(all)) {
            any.withFilter().start();
            Reply refused = RawHttp.send(any.port(), "GET", "/app/api/echo", "Origin: https://x.example");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers("Access-Control-Allow-Origin")).containsExactly("*");
            assertThat(refused.headers("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(refused.headers("Vary")).isEmpty();
            Reply preflight = RawHttp.send(
                    any.port(),
                    "OPTIONS",
                    "/app/api/echo",
                    "Origin: https://x.example",
                    "Access-Control-Request-Method: PUT");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers("Access-Control-Allow-Origin")).containsExactly("*");
            assertThat(preflight.headers("Access-Control-Allow-Methods"))
                    .containsExactly("GET, HEAD, POST, PUT, PATCH, DELETE");
            assertThat(preflight.headers("Access-Control-Allow-Headers"))
                    .containsExactly("Authorization, Content-Type");
            assertThat(preflight.headers("Access-Control-Max-Age")).containsExactly("600");
        }
    }

    @Override
    protected Site site() {
        return site;
    }
}
