package dev.lockstep.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is asked of every server, step by step; a later step needs the tokens of earlier ones. */
final class Steps {

    /** Ways to write a protected path, none of which leads past the filter. */
    private static final List<String> ODD_PATHS = List.of(
            "/api/x",
            "/api//x",
            "//api/x",
            "/api/./x",
            "/y/../api/x",
            "/%61pi/x",
            "/api;v=1/x",
            "/api/;/x",
            "/y/..;/api/x",
            "/y/%2e%2e/api/x",
            "/api%2fx",
            "/api/x/",
            "/API/x",
            "/api/public/../x",
            "/api/public/..;/x",
            "/api/public/%2e%2e/x");

    /** A step; fails by throwing. */
    interface Step {
        void run() throws Exception;
    }

    private final RunningServer server;
    private String token = "";
    private String other = "";

    Steps(RunningServer server) {
        this.server = server;
    }

    /** The steps on a server that has the application, by name. */
    Map<String, Step> steps() {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("login", () -> {
            token = login("alice");
            other = login("alice");
        });
        steps.put("me", () -> assertThat(body("/api/me")).isEqualTo("alice true alice"));
        steps.put("unknown token: 401 with challenge", this::unknown);
        steps.put("no token: 401", () -> assertThat(get("/api/me").statusCode()).isEqualTo(401));
        steps.put(
                "two headers: 400",
                () -> assertThat(get("/api/me", bearer(token)[0], bearer(token)[1], "Authorization", "Bearer x")
                                .statusCode())
                        .isEqualTo(400));
        steps.put("token in other letters: 401", this::otherLetters);
        steps.put("permit", () -> assertThat(get("/api/public/x").body()).isEqualTo("SECRET null"));
        steps.put(
                "require: 403",
                () -> assertThat(get("/api/admin/x", bearer(token)).statusCode())
                        .isEqualTo(403));
        steps.put("asynchronous", () -> assertThat(body("/api/async")).isEqualTo("alice true alice"));
        steps.put("forward", () -> assertThat(body("/api/forward")).isEqualTo("alice true alice"));
        steps.put("rotate", this::rotate);
        steps.put("list", () -> assertThat(body("/api/list")).isEqualTo("2"));
        steps.put(
                "revoke",
                () -> assertThat(get("/api/revoke", bearer(other)).body()).isEqualTo("revoked"));
        steps.put("refused after it", () -> assertRefused(other));
        steps.put("Servlet logout", this::logout);
        steps.put("odd paths", this::oddPaths);
        return steps;
    }

    void rest() throws Exception {
        assertThat(body("/rest/me")).isEqualTo("alice alice");
        assertThat(get("/rest/me").statusCode()).isEqualTo(401);
    }

    void earlierToken() throws Exception {
        assertThat(body("/api/me")).isEqualTo("alice true alice");
    }

    private void unknown() throws Exception {
        HttpResponse<String> answer = get("/api/me", bearer("nobody" + "x".repeat(40)));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .contains("invalid_token");
    }

    /** On the same connection, where a server may remember headers. */
    private void otherLetters() throws Exception {
        assertThat(body("/api/me")).isEqualTo("alice true alice");
        assertRefused(token.toUpperCase(Locale.ROOT));
        assertThat(body("/api/me")).isEqualTo("alice true alice");
    }

    private void rotate() throws Exception {
        String before = token;
        token = body("/api/rotate");
        assertRefused(before);
        assertThat(body("/api/me")).isEqualTo("alice true alice");
    }

    private void logout() throws Exception {
        String third = login("alice");
        assertThat(get("/api/logout", bearer(third)).statusCode()).isEqualTo(200);
        assertRefused(third);
    }

    private void oddPaths() throws Exception {
        for (String path : ODD_PATHS) {
            assertThat(get(path).body()).as(path).doesNotContain("SECRET");
        }
    }

    private void assertRefused(String refused) throws Exception {
        assertThat(get("/api/me", bearer(refused)).statusCode()).isEqualTo(401);
    }

    private String login(String user) throws Exception {
        HttpResponse<String> answer = server.send("POST", "/login?user=" + user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What a request with the present token is answered. */
    private String body(String path) throws Exception {
        HttpResponse<String> answer = get(path, bearer(token));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return server.send("GET", path, headers);
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
