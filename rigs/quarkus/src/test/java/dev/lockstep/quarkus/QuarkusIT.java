package dev.lockstep.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Script;
import dev.lockstep.process.Ports;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the how-to promises of Quarkus, on the JVM. */
class QuarkusIT {

    private static final Map<String, String> README = Map.of("Shop.java", QuarkusProject.SHOP.text());
    private static final String JSON = "{\"username\":\"alice\",\"password\":\"sesame\"}";

    /** Ways to write a protected path, none of which leads past the filter. */
    private static final List<String> ODD_PATHS = List.of(
            "/api/me",
            "/api//me",
            "//api/me",
            "/api/./me",
            "/y/../api/me",
            "/%61pi/me",
            "/api;v=1/me",
            "/api/;/me",
            "/y/..;/api/me",
            "/y/%2e%2e/api/me",
            "/api%2fme",
            "/api/me/",
            "/api/login/../me",
            "/api/login/..;/me");

    private final int port;

    QuarkusIT() throws IOException {
        port = Ports.free();
    }

    @Test
    void theReadmesApplicationRunsWithTheFilter() throws Exception {
        QuarkusProject project =
                QuarkusProject.build(QuarkusProject.POM.text(), QuarkusProject.SETTINGS.text(), README);
        String kept;
        try (Script.Running running = project.start(port)) {
            logInAndOut();
            for (String path : ODD_PATHS) {
                assertThat(get(path).body()).as(path).doesNotContain("alice");
            }
            assertThat(get("/api/me").headers("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .startsWith("Bearer");
            kept = logIn();
            running.interrupt();
        }
        try (Script.Running again = project.start(port)) {
            assertThat(again.isAlive()).as(again.output()).isTrue();
            assertThat(get("/api/me", kept).body()).isEqualTo("alice");
        }
        report("filter, Undertow, quarkus-resteasy");
    }

    @Test
    void theFilterOfTheHowToGuardsQuarkusRest() throws Exception {
        QuarkusProject project = QuarkusProject.build(
                withQuarkusRest(withoutServlet(QuarkusProject.POM.text())),
                QuarkusProject.SETTINGS.text().replaceAll("(?m)^lockstep\\.web.*\\n", ""),
                Map.of("BearerFilter.java", QuarkusProject.FILTER.text(), "Api.java", API));
        try (Script.Running running = project.start(port)) {
            logInAndOut();
            for (String path : ODD_PATHS) {
                assertThat(get(path).body()).as(path).doesNotContain("alice");
            }
            running.interrupt();
        }
        report("a filter of the application, quarkus-rest");
    }

    @Test
    void withQuarkusRestTheFilterOfServletWouldProtectNothing() throws Exception {
        assertRefused(withQuarkusRest(QuarkusProject.POM.text()), "LOCKSTEP-0524 lockstep.web.protect is [/api/*]");
        report("refused: protected paths and quarkus-rest");
    }

    @Test
    void withoutServletNothingIsProtected() throws Exception {
        assertRefused(withoutServlet(QuarkusProject.POM.text()), "LOCKSTEP-0010 lockstep.web.protect is [/api/*]");
        report("refused: protected paths without Undertow");
    }

    private void assertRefused(String pom, String message) throws Exception {
        try (Script.Running running = QuarkusProject.build(pom, QuarkusProject.SETTINGS.text(), README)
                .start(port)) {
            assertThat(running.output()).contains(message).doesNotContain("Listening on");
        }
    }

    private void logInAndOut() throws Exception {
        String token = logIn();
        assertThat(get("/api/me", token).body()).isEqualTo("alice");
        assertThat(get("/api/me").status()).isEqualTo(401);
        assertThat(get("/api/me", "x" + token.substring(1)).status()).isEqualTo(401);
        assertThat(RawHttp.send(port, "POST", "/api/logout", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/me", token).status()).isEqualTo(401);
    }

    private String logIn() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON))
                .build();
        HttpResponse<String> reply = HttpClient.newHttpClient().send(login, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private Reply get(String path) {
        return RawHttp.send(port, "GET", path);
    }

    private Reply get(String path, String token) {
        return RawHttp.send(port, "GET", path, "Authorization: Bearer " + token);
    }

    private static String withQuarkusRest(String pom) {
        return replaced(pom, "quarkus-resteasy-jsonb", "quarkus-rest-jsonb");
    }

    private static String withoutServlet(String pom) {
        return replaced(pom, """
                    <dependency>
                      <groupId>io.quarkus</groupId>
                      <artifactId>quarkus-undertow</artifactId>
                    </dependency>
                """, "");
    }

    private static String replaced(String text, String printed, String here) {
        assertThat(text).contains(printed);
        return text.replace(printed, here);
    }

    private static void report(String what) {
        System.out.printf("%-16s %-44s %s%n", "quarkus", what, "good");
    }

    private static final String API = """
            package shop;

            import dev.lockstep.SessionManager;
            import dev.lockstep.SessionToken;
            import jakarta.annotation.security.PermitAll;
            import jakarta.inject.Inject;
            import jakarta.ws.rs.*;
            import jakarta.ws.rs.core.*;
            import java.util.Set;

            @Path("/api")
            public class Api {

                public record Credentials(String username, String password) {}

                @Inject SessionManager sessions;

                @POST @Path("login") @PermitAll @Consumes("application/json")
                public String login(Credentials credentials) {
                    return sessions.open(credentials.username(), Set.of()).token().value();
                }

                @GET @Path("me")
                public String me(@Context SecurityContext security) {
                    return security.getUserPrincipal().getName();
                }

                @POST @Path("logout")
                public void logout(@HeaderParam("Authorization") String header) {
                    sessions.revoke(SessionToken.of(header.substring("Bearer ".length())));
                }
            }
            """;
}
