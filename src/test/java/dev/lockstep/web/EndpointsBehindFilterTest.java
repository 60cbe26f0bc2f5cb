package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import dev.lockstep.web.path.RequestPath;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A servlet that lets in anybody to {@code /public}, and elsewhere whom the doorkeeper does. */
class EndpointsBehindFilterTest {

    private static final Map<String, String> CONFIG = Map.of("lockstep.endpoints.path", "/lockstep");

    static Stream<Map<String, String>> configurations() {
        return Stream.of(
                CONFIG,
                with("lockstep.web.protect", "/*"),
                with("lockstep.web.protect", "/*", "lockstep.web.permit", "/*"),
                with("lockstep.web.protect", "/*", "lockstep.web.permit", "/lockstep/*"),
                with("lockstep.web.protect", "/*", "lockstep.web.require", "/*=user"),
                with("lockstep.web.protect", "/api/*"),
                with("lockstep.web.protect", "/*", "lockstep.security", "container"),
                with("lockstep.security", "container"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void asksForTheCallerItself(Map<String, String> config) throws Exception {
        try (JettySite site = site(config)) {
            assertThat(get(site, "/lockstep/public").body()).isEqualTo("anybody");
            assertThat(get(site, "/lockstep/private").status()).isEqualTo(401);
            assertThat(get(site, "/lockstep/private", "Authorization: Bearer unknown")
                            .status())
                    .isEqualTo(401);
            assertThat(get(site, "/lockstep/private", "Authorization: Bearer").status())
                    .isEqualTo(400);
            String token = site.open("alice", "user");
            assertThat(get(site, "/lockstep/private", "Authorization: Bearer " + token)
                            .body())
                    .isEqualTo("alice");
            site.revoke(token);
            assertThat(get(site, "/lockstep/private", "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lockstep;x/public",
                "/lockstep/../api/public",
                "/lockstep/..;/api/public",
                "/lockstep%2f..%2fapi/public",
                "/lockstep//public",
                "//lockstep/public",
                "/LOCKSTEP/public",
                "/lockstepx/public"
            })
    void onlyItsOwnPathIsLeftToIt(String path) throws Exception {
        try (JettySite site = site(with("lockstep.web.protect", "/*"))) {
            Reply reply = get(site, path);
            assertThat(reply.status()).as(reply.toString()).isIn(400, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "container"})
    void whatTheApplicationHasBelowItsPathStaysProtected(String security) throws Exception {
        JettySite site = new JettySite(with("lockstep.web.protect", "/*", "lockstep.security", security));
        for (String mapping : List.of("/lockstep", "/lockstep/own", "/lockstep/more/*", "*.own")) {
            site.context.addServlet(new ServletHolder(new Secret()), mapping);
        }
        try (JettySite started = started(site)) {
            for (String path : List.of("/lockstep", "/lockstep/own", "/lockstep/more", "/lockstep/more/x")) {
                assertThat(get(started, path).status()).as(path).isEqualTo(401);
            }
            assertThat(get(started, "/lockstep/public").body()).isEqualTo("anybody");
        }
    }

    @Test
    void rulesAndConfirmationsHoldForIt() throws Exception {
        try (JettySite site = site(
                with("lockstep.web.require", "/lockstep/private=ops", "lockstep.web.confirm", "/lockstep/private"))) {
            String alice = site.open("alice", "user");
            Reply refused = get(site, "/lockstep/private", "Authorization: Bearer " + alice);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.headers("WWW-Authenticate"))
                    .containsExactly("Bearer realm=\"lockstep\", error=\"insufficient_scope\"");
            String ops = site.open("olga", "ops");
            assertThat(get(site, "/lockstep/private", "Authorization: Bearer " + ops)
                            .body())
                    .isEqualTo("olga");
            assertThat(site.services.confirmed).contains(SessionToken.of(ops));
            assertThat(site.services.refusals)
                    .containsExactly(new TokenRefused(Reason.INSUFFICIENT_SCOPE, "/lockstep/private"));
        }
    }

    @Test
    void withoutAStoreNobodyIsLetIn() throws Exception {
        try (JettySite site = site(with("lockstep.web.protect", "/*"))) {
            String token = site.open("alice", "user");
            site.withoutStore(() -> assertThat(get(site, "/lockstep/private", "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(503));
        }
    }

    @Test
    void scriptsOfAllowedOriginsMayCallIt() throws Exception {
        try (JettySite site =
                site(with("lockstep.web.protect", "/api/*", "lockstep.web.cors.origins", "https://shop.example"))) {
            Reply preflight = RawHttp.send(
                    site.port(),
                    "OPTIONS",
                    "/app/lockstep/private",
                    "Origin: https://shop.example",
                    "Access-Control-Request-Method: DELETE");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(get(site, "/lockstep/private", "Origin: https://shop.example")
                            .headers("Access-Control-Allow-Origin"))
                    .containsExactly("https://shop.example");
            assertThat(get(site, "/lockstep/private", "Origin: https://evil.example")
                            .headers("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void aServletOfTheApplicationInItsPlaceFailsTheDeployment() throws Exception {
        try (JettySite site = new JettySite(CONFIG)) {
            site.services.endpoints = new Endpoint(site.services);
            site.context.addServlet(new ServletHolder(new Endpoint(site.services)), "/lockstep/*");
            assertThatThrownBy(site.withFilter()::start).hasStackTraceContaining("LOCKSTEP-0413");
        }
    }

    private static JettySite site(Map<String, String> config) throws Exception {
        return started(new JettySite(config));
    }

    private static JettySite started(JettySite site) throws Exception {
        site.services.endpoints = new Endpoint(site.services);
        return (site.knowsTheCallerEverywhere() ? site.withMechanism() : site.withFilter()).start();
    }

    private static Reply get(JettySite site, String path, String... headers) {
        return RawHttp.send(site.port(), "GET", "/app" + path, headers);
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(CONFIG);
        for (int at = 0; at < more.length; at += 2) {
            all.put(more[at], more[at + 1]);
        }
        return all;
    }

    private static final class Secret extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("SECRET");
        }
    }

    private static final class Endpoint extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient WebServices services;

        Endpoint(WebServices services) {
            this.services = services;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if ("/public".equals(request.getPathInfo())) {
                response.getWriter().print("anybody");
                return;
            }
            RequestPath path =
                    new RequestPath(request.getRequestURI(), request.getServletPath(), request.getPathInfo());
            Caller caller = new Doorkeeper(services).admit(path, Set.of(), request, response);
            if (caller != null) {
                response.getWriter().print(caller.session().principal());
            }
        }
    }
}
