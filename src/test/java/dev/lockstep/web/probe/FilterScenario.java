package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Requests to a site, and what its answers may be. */
abstract class FilterScenario {

    static final String CHALLENGE = "Bearer realm=\"the \\\"shop\\\"\"";

    protected abstract Site site();

    protected final String open(String principal, String... groups) {
        return site().open(principal, groups);
    }

    protected final void revoke(String token) {
        site().revoke(token);
    }

    protected final void forget() {
        site().forget();
    }

    protected final void withoutStore(Runnable action) {
        site().withoutStore(action);
    }

    protected Reply get(String path, String... headers) {
        return send("GET", path, headers);
    }

    protected Reply bearer(String path, String token) {
        return get(path, "Authorization: Bearer " + token);
    }

    protected Reply send(String method, String path, String... headers) {
        return RawHttp.send(site().port(), method, site().context() + path, headers);
    }

    final String alice() {
        return open("alice", "user");
    }

    final String root() {
        return open("root", "user", "admin");
    }

    static void assertRefused(Reply reply, int status, String challenge) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.headers("WWW-Authenticate")).containsExactly(challenge);
        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        assertThat(reply.headers("Content-Type")).singleElement().asString().startsWith("application/json");
    }

    static void assertInvalid(Reply reply) {
        assertRefused(reply, 401, CHALLENGE + ", error=\"invalid_token\"");
        assertThat(reply.body()).isEqualTo("{\"error\":\"invalid_token\"}");
    }

    static void assertAlice(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.body()).contains("principal=alice\n", "user=alice\n");
    }

    static void assertAnonymous(Reply reply) {
        assertThat(reply.body())
                .contains("principal=null\n", "user=null\n", "auth=null\n", "anyone=false\n", "session=null\n")
                .contains("wrappers=0\n");
    }

    /** What is not protected, asked for with the token of a session of alice. */
    final void assertOutside(Reply reply) {
        if (site().knowsTheCallerEverywhere()) {
            assertThat(reply.body()).contains("principal=alice\n", "session=alice\n", "wrappers=1\n");
        } else {
            assertAnonymous(reply);
        }
    }

    /** Whether the probe answers from a path that is protected. */
    static boolean isReached(Reply reply) {
        String body = reply.body().toLowerCase(Locale.ROOT);
        return body.contains("path=/api") || body.contains("path=/exact");
    }

    static String[] preflight() {
        return new String[] {"Origin: https://shop.example", "Access-Control-Request-Method: PUT"};
    }

    /** Headers for which somebody might take a request for another one than its method says. */
    protected static List<String[]> disguises() {
        String[] upgrade = {
            "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"
        };
        String[] override = {"X-HTTP-Method-Override: DELETE", "X-HTTP-Method: GET", "X-Method-Override: GET"};
        return List.of(
                new String[0], preflight(), upgrade, override, join(preflight(), upgrade), join(preflight(), override));
    }

    static String[] join(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }
}
