package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.web.probe.FilterContract;
import dev.lockstep.web.probe.Reply;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints on a real server, beside the filter, by the commands of their how-to. */
abstract class EndpointsOnServer extends FilterContract {

    private static final Block SETTINGS = Block.printed("docs/howto/endpoints.md", "properties", 1);
    private static final Block DESCRIBE = Block.printed("docs/howto/endpoints.md", "sh", 1);
    private static final Block OWN = Block.printed("docs/howto/endpoints.md", "sh", 2);
    private static final Block ADMIN = Block.printed("docs/howto/endpoints.md", "sh", 3);
    private static final Block INTROSPECT = Block.printed("docs/howto/endpoints.md", "sh", 4);
    private static final Block REVOKE = Block.printed("docs/howto/endpoints.md", "sh", 5);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** With what the how-to says, which neither protects nor permits these paths. */
    static Map<String, String> withEndpoints(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        Properties printed = new Properties();
        try {
            printed.load(new StringReader(SETTINGS.text()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        printed.forEach((key, value) -> all.put((String) key, (String) value));
        return all;
    }

    @Test
    void anybodyIsToldWhatThereIs() throws IOException {
        assertThat(run(DESCRIBE)).contains("\"openapi\":");
    }

    @Test
    void peopleSeeAndEndTheirOwn() throws IOException {
        String here = open("own", "user");
        String there = open("own", "user");
        String printed = new Script(OWN)
                .replace("http://localhost:8080/shop", address())
                .with("token", here)
                .with("id", id(here))
                .run();
        assertThat(printed).contains("\"current\":true", "\"current\":false", "\"awaited\":true");
        assertInvalidAtEndpoints(there);
        assertInvalidAtEndpoints(here);
    }

    @Test
    void administratorsSeeAndEndEverybodys() throws IOException {
        String alice = open("alice", "user");
        String printed = run(ADMIN, "token", open("root", "admin"));
        assertThat(printed)
                .contains(
                        "\"principal\":\"alice\"",
                        "\"count\":",
                        "\"leaseMillis\":",
                        "\"held\":true",
                        "\"awaited\":true");
        assertInvalidAtEndpoints(alice);
    }

    @Test
    void gatewaysAskForTokensAndEndThem() throws IOException {
        String gateway = open("the gateway", "gateway");
        String token = open("visitor", "user");
        assertThat(run(INTROSPECT, "gateway", gateway, "token", token))
                .contains("\"active\":true", "\"sub\":\"visitor\"");
        String alice = open("alice", "user");
        run(REVOKE, "gateway", gateway, "token", token);
        assertInvalidAtEndpoints(token);
        assertInvalidAtEndpoints(alice);
        assertThat(run(INTROSPECT, "gateway", gateway, "token", token)).isEqualTo("{\"active\":false}");
    }

    @Test
    void refusalsAreThoseOfTheFilter() {
        Reply missing = get("/lockstep/sessions");
        Reply filtered = get("/api/echo");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.body()).isEqualTo(filtered.body());
        assertThat(missing.headers("WWW-Authenticate")).isEqualTo(filtered.headers("WWW-Authenticate"));
        assertThat(missing.headers("Cache-Control")).containsExactly("no-store");
        assertInvalidAtEndpoints("unknown");
        assertThat(bearer("/lockstep/admin/nodes", open("eve", "user")).status())
                .isEqualTo(403);
        assertThat(bearer("/lockstep/admin/nodes", open("eve", "gateway")).status())
                .isEqualTo(403);
        assertThat(send("POST", "/lockstep/oauth/introspect", "Authorization: Bearer " + open("root", "admin"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void noAnswerIsAnErrorPage() {
        String token = open("alice", "user");
        for (Reply reply : List.of(
                bearer("/lockstep/nothing", token),
                send("PUT", "/lockstep/sessions", "Authorization: Bearer " + token),
                send("DELETE", "/lockstep/sessions/unknown", "Authorization: Bearer " + token))) {
            assertThat(reply.headers("Content-Type")).as(reply.toString()).containsExactly("application/problem+json");
            assertThat(reply.body()).contains("\"type\":\"about:blank\"");
        }
    }

    @Test
    void headIsGetWithoutTheBody() {
        Reply head = send("HEAD", "/lockstep/sessions", "Authorization: Bearer " + open("alice", "user"));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void gettingEndsNothingWhateverAHeaderSays() {
        String token = open("careful", "user");
        for (String path : List.of("/sessions/" + id(token), "/sessions/end-all", "/sessions/end-others")) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                for (String[] disguise : disguises()) {
                    List<String> headers = Stream.concat(
                                    Stream.of(disguise), Stream.of("Authorization: Bearer " + token))
                            .toList();
                    Reply reply = send(method, "/lockstep" + path, headers.toArray(String[]::new));
                    assertThat(reply.status()).as(method + " " + reply).isIn(204, 400, 405);
                }
            }
        }
        assertThat(bearer("/lockstep/sessions", token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lockstep/sessions/end-all;x",
                "/lockstep/sessions;x/end-all",
                "/lockstep;x/sessions/end-all",
                "/lockstep//sessions/end-all",
                "//lockstep/sessions/end-all",
                "/lockstep/./sessions/end-all",
                "/open/../lockstep/sessions/end-all",
                "/open/..;/lockstep/sessions/end-all",
                "/lockstep/sessions%2fend-all",
                "/lockstep%2fsessions%2fend-all",
                "/lockstep/sessions/end-all/",
                "/lockstep/sessions/end-all%00",
                "/lockstep/SESSIONS/end-all",
                "/LOCKSTEP/sessions/end-all",
                "/open/forward?do=forward&to=/lockstep/sessions/end-all",
                "/open/include?do=include&to=/lockstep/sessions/end-all"
            })
    void noDetourLeadsThere(String path) {
        String token = open("detour", "user");
        Reply reply = send("POST", path, "Authorization: Bearer " + token, "Content-Length: 0");
        assertThat(reply.body()).as(reply.toString()).doesNotContain("awaited");
        assertThat(bearer("/lockstep/sessions", token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lockstep/../api/echo", "/lockstep/..;/api/echo", "/lockstep%2f..%2fapi/echo"})
    void andNoneLeadsFromThereToWhatIsProtected(String path) {
        Reply reply = get(path);
        assertThat(reply.status()).as(reply.toString()).isGreaterThanOrEqualTo(400);
        assertThat(reply.body()).doesNotContain("path=/api");
    }

    @Test
    void bodiesAreBounded() {
        String token = "Authorization: Bearer " + open("root", "admin");
        String path = "/lockstep/admin/sessions/end-principal";
        String type = "Content-Type: application/json";
        assertThat(send("POST", path, token, type, "Content-Length: 1000000").status())
                .isEqualTo(413);
        String deep = "{\"principal\":" + "[".repeat(8_000);
        assertThat(send("POST", path, token, type, "Content-Length: " + deep.length(), "", deep)
                        .status())
                .isEqualTo(400);
        String form = "principal=alice";
        assertThat(send(
                                "POST",
                                path,
                                token,
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: " + form.length(),
                                "",
                                form)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whereNobodyKnowsWhoCallsNothingIsAnswered() {
        String token = open("late", "user");
        revoke(token);
        String unseen = open("late", "user");
        forget();
        withoutStore(
                () -> assertThat(bearer("/lockstep/sessions", unseen).status()).isEqualTo(503));
        assertInvalidAtEndpoints(token);
    }

    private void assertInvalidAtEndpoints(String token) {
        Reply reply = bearer("/lockstep/sessions", token);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.headers("WWW-Authenticate")).singleElement().asString().endsWith("error=\"invalid_token\"");
    }

    private String id(String token) {
        Matcher id =
                ID.matcher(Stream.of(bearer("/lockstep/sessions", token).body().split("\\{"))
                        .filter(session -> session.contains("\"current\":true"))
                        .findFirst()
                        .orElseThrow());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private String run(Block block, String... variables) throws IOException {
        Script script = new Script(block).replace("http://localhost:8080/shop", address());
        for (int at = 0; at < variables.length; at += 2) {
            script.with(variables[at], variables[at + 1]);
        }
        return script.run();
    }

    private String address() {
        return "http://127.0.0.1:" + site().port() + site().context();
    }
}
