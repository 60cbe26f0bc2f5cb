package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scripts of other origins get: the probe deployed with {@link ProbeConfig#CORS_CONFIG}, on
 * whatever server.
 */
public abstract class CorsContract extends FilterScenario {

    private static final String SHOP = "Origin: https://shop.example";
    private static final String EVIL = "Origin: https://evil.example";
    private static final String ASKS = "Access-Control-Request-Method: PUT";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/echo",
                "/api/admin/echo",
                "/api/confirmed/echo",
                "/api/public/echo",
                "/api/login",
                "/exact",
                "/api/start?do=cors"
            })
    void aPreflightIsAnsweredAndTheApplicationNeverSeesIt(String path) {
        Reply reply = send("OPTIONS", path, SHOP, ASKS, "Access-Control-Request-Headers: authorization,x-evil");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertOrigin(reply, "https://shop.example");
        assertThat(reply.headers("Access-Control-Allow-Methods")).containsExactly("GET, PUT");
        assertThat(reply.headers("Access-Control-Allow-Headers"))
                .containsExactly("Authorization, Content-Type, X-Shop");
        assertThat(reply.headers("Access-Control-Max-Age")).containsExactly("3600");
        assertThat(varies(reply)).contains("origin", "access-control-request-method", "access-control-request-headers");
    }

    @Test
    void aPreflightIsAnsweredWhateverElseItSays() {
        String upgrade = "Upgrade: websocket";
        String override = "X-HTTP-Method-Override: DELETE";
        String token = "Authorization: Bearer " + alice();
        String network = "Access-Control-Request-Private-Network: true";
        for (String header : List.of(upgrade, override, token, network)) {
            Reply reply = send("OPTIONS", "/api/echo", SHOP, ASKS, header);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(204);
            assertThat(reply.headers("Access-Control-Allow-Private-Network")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://shop.example.evil.example",
                "https://shop.example:8443",
                "https://shop.example/",
                "http://shop.example",
                "HTTPS://shop.example",
                "https://Shop.example",
                "https://evil.example https://shop.example",
                "https://shop.example, https://evil.example",
                "*",
                "NULL",
                ""
            })
    void anotherOriginGetsNoPermission(String origin) {
        Reply preflight = send("OPTIONS", "/api/echo", "Origin: " + origin, ASKS);
        assertThat(preflight.status()).as(preflight.toString()).isEqualTo(403);
        assertThat(isReached(preflight)).isFalse();
        assertNoOrigin(preflight);
        Reply passed = get("/api/echo", "Origin: " + origin, "Authorization: Bearer " + alice());
        assertAlice(passed);
        assertNoOrigin(passed);
        assertNoOrigin(get("/api/echo", "Origin: " + origin));
    }

    @Test
    void nullIsAnOriginOnlyWhereItIsListed() {
        assertOrigin(send("OPTIONS", "/api/echo", "Origin: null", ASKS), "null");
        assertOrigin(get("/api/echo", "Origin: null"), "null");
    }

    @Test
    void whatIsNoPreflightNeedsAToken() {
        assertRefused(send("OPTIONS", "/api/echo", SHOP), 401, CHALLENGE);
        assertRefused(send("OPTIONS", "/api/echo", ASKS), 401, CHALLENGE);
        assertRefused(send("GET", "/api/echo", SHOP, ASKS), 401, CHALLENGE);
        assertAlice(send("OPTIONS", "/api/echo", SHOP, "Authorization: Bearer " + alice()));
    }

    @Test
    void aScriptSeesWhyItIsRefused() {
        String alice = "Authorization: Bearer " + alice();
        assertScriptSees(401, get("/api/echo", SHOP));
        assertScriptSees(400, get("/api/echo", SHOP, "Authorization: Bearer"));
        assertScriptSees(401, get("/api/echo", SHOP, "Authorization: Bearer unknown"));
        assertScriptSees(403, get("/api/admin/echo", SHOP, alice));
        withoutStore(() -> assertScriptSees(503, get("/api/confirmed/echo", SHOP, alice)));
    }

    @Test
    void aScriptSeesWhatPasses() {
        String alice = "Authorization: Bearer " + alice();
        assertScriptSees(200, get("/api/echo", SHOP, alice));
        assertScriptSees(200, get("/api/public/echo", SHOP, alice));
        assertScriptSees(200, get("/api/login", SHOP));
        assertScriptSees(200, get("/api/start?do=reset", SHOP, alice));
        assertScriptSees(200, get("/api/start?do=forward&to=/open/x", SHOP, alice));
        assertScriptSees(200, get("/api/start?do=async-dispatch&to=/api/x", SHOP, alice));
        assertScriptSees(418, get("/api/start?do=send-error", SHOP, alice));
        assertScriptSees(500, get("/api/start?do=throw", SHOP, alice));
    }

    @Test
    void theApplicationsOwnHeadersMakeNoSecondOpinion() {
        String alice = "Authorization: Bearer " + alice();
        Reply reply = get("/api/start?do=cors", SHOP, alice);
        assertScriptSees(200, reply);
        assertThat(varies(reply)).contains("accept");
        assertThat(reply.headers("Access-Control-Max-Age")).isEmpty();
        assertThat(reply.headers("Access-Control-Allow-Methods")).isEmpty();
        assertNoOrigin(get("/api/start?do=cors", EVIL, alice));
        assertNoOrigin(get("/api/start?do=cors", alice));
    }

    @Test
    void whatIsNotProtectedIsTheApplicationsMatter() {
        Reply preflight = send("OPTIONS", "/open/echo", SHOP, ASKS);
        assertThat(preflight.says("path=/open/echo")).isTrue();
        assertThat(preflight.headers("Access-Control-Allow-Origin")).isEmpty();
        assertThat(get("/open/start?do=cors", SHOP).headers("Access-Control-Allow-Origin"))
                .containsExactly("*");
    }

    private static void assertScriptSees(int status, Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertOrigin(reply, "https://shop.example");
        assertThat(reply.headers("Access-Control-Expose-Headers")).containsExactly("WWW-Authenticate, Retry-After");
        assertThat(varies(reply)).contains("origin");
    }

    private static void assertOrigin(Reply reply, String origin) {
        assertThat(reply.headers("Access-Control-Allow-Origin"))
                .as(reply.toString())
                .containsExactly(origin);
        assertThat(reply.headers("Access-Control-Allow-Credentials")).containsExactly("true");
    }

    private static void assertNoOrigin(Reply reply) {
        assertThat(reply.headers("Access-Control-Allow-Origin"))
                .as(reply.toString())
                .isEmpty();
        assertThat(reply.headers("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(varies(reply)).contains("origin");
    }

    private static TreeSet<String> varies(Reply reply) {
        TreeSet<String> names = new TreeSet<>();
        reply.headers("Vary")
                .forEach(value -> Arrays.stream(value.split(","))
                        .forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT))));
        return names;
    }
}
