package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.Reply;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route. */
class EndpointsServletTest {

    private static EndpointsSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG);
        site.context.addFilter(new FilterHolder(EndpointsServletTest::override), "/*", null);
        site.start();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void asksForATokenAsTheFilterDoes() {
        Reply without = site.send("GET", "/sessions");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.headers("WWW-Authenticate")).containsExactly("Bearer realm=\"lockstep\"");
        Reply unknown = site.as("unknown", "GET", "/sessions");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.headers("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"lockstep\", error=\"invalid_token\"");
    }

    @Test
    void noAnswerMayBeStored() {
        String token = site.open("ada");
        for (Reply reply : List.of(
                site.as(token, "GET", "/sessions"),
                site.as(token, "PUT", "/sessions"),
                site.send("GET", "/sessions"),
                site.send("GET", "/nothing"))) {
            assertThat(reply.headers("Cache-Control")).as(reply.toString()).containsExactly("no-store");
        }
    }

    /** Refusals, too, and what the filter answers in the servlet's place. */
    @Test
    void everyAnswerForbidsWhatNobodyNeeds() {
        String token = site.open("ada");
        for (Reply reply : List.of(
                site.as(token, "GET", "/sessions"),
                site.as(token, "POST", "/sessions/end-others"),
                site.as(token, "OPTIONS", "/sessions"),
                site.as(token, "PUT", "/sessions"),
                site.as(token, "GET", "/admin/nodes"),
                site.as("unknown", "GET", "/sessions"),
                site.as("a, b", "GET", "/sessions"),
                site.send("GET", "/sessions"),
                site.send("GET", "/nothing"),
                site.send("GET", "/pages/lockstep.js"),
                site.send("GET", "/openapi.json"))) {
            assertThat(reply.headers("X-Content-Type-Options"))
                    .as(reply.toString())
                    .containsExactly("nosniff");
            assertThat(reply.headers("Cross-Origin-Resource-Policy"))
                    .as(reply.toString())
                    .containsExactly("same-origin");
        }
    }

    @Test
    void anotherMethodIsToldWhichThereAre() {
        Reply reply = site.as(site.open("ada"), "PUT", "/sessions");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers("Allow")).containsExactly("GET, HEAD, OPTIONS");
        assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
    }

    @Test
    void optionsTellsTheMethodsToWhoeverMayUseThem() {
        Reply reply = site.as(site.open("ada"), "OPTIONS", "/sessions/x");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers("Allow")).containsExactly("DELETE, OPTIONS");
        assertThat(site.send("OPTIONS", "/sessions/x").status()).isEqualTo(401);
    }

    @Test
    void aPreflightOpensNothing() {
        Reply reply = site.send(
                "OPTIONS", "/sessions", "Origin: https://evil.example", "Access-Control-Request-Method: DELETE");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void headIsGetWithoutTheBody() {
        String token = site.open("ada");
        Reply get = site.as(token, "GET", "/sessions");
        Reply head = site.as(token, "HEAD", "/sessions");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers("Content-Type")).isEqualTo(get.headers("Content-Type"));
        assertThat(head.headers("Content-Length")).isEqualTo(get.headers("Content-Length"));
    }

    @Test
    void aMethodIsWhatTheRequestLineSays() {
        String token = site.open("bea");
        String id = site.sessions().list("bea").get(0).id();
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(site.as(token, "GET", "/sessions/" + id, header + ": DELETE")
                            .status())
                    .isEqualTo(405);
        }
        assertThat(site.as(token, "GET", "/sessions/" + id + "?_method=DELETE").status())
                .isEqualTo(405);
        assertThat(site.sessions().list("bea")).hasSize(1);
    }

    @Test
    void aFilterOfTheApplicationMakesNoOtherMethodOfIt() {
        String token = site.open("cleo");
        String id = site.sessions().list("cleo").get(0).id();
        assertThat(site.as(token, "GET", "/sessions/" + id, "X-Overridden: DELETE")
                        .status())
                .isEqualTo(405);
        assertThat(site.as(token, "DELETE", "/sessions/" + id, "X-Overridden: GET")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions;x=1",
                "/sessions/",
                "//sessions",
                "/./sessions",
                "/%73essions%2f",
                "/sessions%2fend-all",
                "/x/../sessions",
                "/..;/lockstep/sessions",
                "/..;x/lockstep/sessions",
                "/sessions/..;/sessions",
                "/%2e%2e;/lockstep/sessions",
                "/.%2e/lockstep/sessions",
                "/pages/..;/sessions",
                "/pages/%2e%2e/sessions",
                "/sessions%3bx",
                "/sessions%0a",
                "/sessions%0d%0aX:%20y",
                "/sessions%5c..",
                "/sessions%c0%af",
                "/x/%2e%2e/sessions",
                "/SESSIONS",
                "/sessions%00",
                "\\sessions",
                "/",
                ""
            })
    void onlyPathsThatEverybodyReadsAlikeLeadAnywhere(String path) {
        Reply reply = site.as(site.open("ada"), "GET", path);
        assertThat(reply.status()).as(path).isIn(404, 400);
    }

    /** Nothing of what came is sent back (RFC 9110, section 9.3.8). */
    @Test
    void noMethodEchoes() {
        String token = site.open("dora");
        for (String method : List.of("TRACE", "TRACK", "PROPFIND", "get", "PATCH", "X")) {
            for (String path : List.of("/sessions", "/openapi.json", "/pages/sessions", "/nothing")) {
                Reply reply = site.as(token, method, path, "X-Probe: secret");
                assertThat(reply.status()).as(method + path).isIn(405, 404, 400, 501);
                assertThat(reply.toString()).as(method + path).doesNotContain(token, "secret");
            }
        }
        assertThat(site.sessions().list("dora")).hasSize(1);
    }

    private static void override(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String method = http.getHeader("X-Overridden");
        chain.doFilter(
                method == null
                        ? http
                        : new HttpServletRequestWrapper(http) {
                            @Override
                            public String getMethod() {
                                return method;
                            }
                        },
                response);
    }
}
