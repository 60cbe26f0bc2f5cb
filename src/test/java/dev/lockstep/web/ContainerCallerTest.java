package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionToken;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the container is not to be relied on, nobody is let in. */
class ContainerCallerTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/echo", "/api/public/echo", "/open/echo"})
    void aContainerThatDoesNotAskLetsNobodyIn(String path) throws Exception {
        try (JettySite site = new JettySite(ProbeConfig.CONTAINER_CONFIG)) {
            site.withFilter().start();
            String token = site.open("alice", "admin");
            assertRefused(site, path, token, "LOCKSTEP-0408");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/echo", "/open/echo"})
    void thatIsSoWhereNothingIsProtected(String path) throws Exception {
        try (JettySite site = new JettySite(Map.of("lockstep.security", "container"))) {
            site.withFilter().start();
            assertRefused(site, path, site.open("alice", "admin"), "LOCKSTEP-0408");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/echo", "/api/public/echo", "/open/echo"})
    void aContainerThatForgetsTheCallerLetsNobodyIn(String path) throws Exception {
        assertRefusedBehind(new Careless(null, true), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/echo", "/api/public/echo", "/open/echo"})
    void aContainerThatKnowsAnotherCallerLetsNobodyIn(String path) throws Exception {
        assertRefusedBehind(new Careless("mallory", true), path);
    }

    /** One of another realm, say, whom the container remembers by a cookie. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/public/echo", "/open/echo"})
    void aContainerThatKnowsACallerWithoutASessionLetsNobodyIn(String path) throws Exception {
        assertRefusedBehind(new Careless("mallory", false), path);
    }

    @Test
    void aContainerThatCannotForgetTheCallerDoesNotKeepTheSession() throws Exception {
        try (JettySite site = new JettySite(ProbeConfig.CONTAINER_CONFIG)) {
            Careless container = new Careless("alice", true);
            container.services = site.services;
            site.with((classes, context) -> JettySite.before(context, container))
                    .withFilter()
                    .start();
            Reply reply = RawHttp.send(site.port(), "GET", "/app/api/start?do=account");
            assertThat(reply.body()).contains("failure=on purpose", "session=null\n");
            assertThat(site.services.revoked).singleElement().isEqualTo(container.token);
        }
    }

    private static void assertRefusedBehind(Careless container, String path) throws Exception {
        try (JettySite site = new JettySite(ProbeConfig.CONTAINER_CONFIG)) {
            container.services = site.services;
            site.with((classes, context) -> JettySite.before(context, container))
                    .withFilter()
                    .start();
            assertRefused(site, path, site.open("alice", "admin"), "LOCKSTEP-0409");
        }
    }

    private static void assertRefused(JettySite site, String path, String token, String number) {
        for (String header : new String[] {"Authorization: Bearer " + token, "X: y"}) {
            Reply reply = RawHttp.send(site.port(), "GET", "/app" + path, header);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).doesNotContain("path=" + path).contains("failure=" + number);
        }
    }

    /** A container that asked, and then goes by something else. */
    private static final class Careless extends HttpFilter implements Filter {

        private static final long serialVersionUID = 1L;

        private final @Nullable String caller;
        private final boolean isTold;
        private transient @Nullable StandIn services;
        private transient volatile @Nullable SessionToken token;

        Careless(@Nullable String caller, boolean isTold) {
            this.caller = caller;
            this.isTold = isTold;
        }

        private Identity alice() {
            IssuedToken issued = Objects.requireNonNull(services).open("alice", Set.of("admin"), Map.of());
            token = issued.token();
            return new Identity(issued.session(), issued.token());
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getDispatcherType() != DispatcherType.REQUEST) {
                chain.doFilter(request, response);
                return;
            }
            ContainerCaller.note(isTold ? alice() : null, request);
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public @Nullable Principal getUserPrincipal() {
                            return caller == null ? null : () -> caller;
                        }

                        @Override
                        public void logout() throws ServletException {
                            throw new ServletException("on purpose");
                        }
                    },
                    response);
        }
    }
}
