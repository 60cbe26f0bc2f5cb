package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import dev.lockstep.web.probe.FilterContract;
import dev.lockstep.web.probe.Reply;
import dev.lockstep.web.probe.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The filter on Jetty, with a stand-in for the session manager. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerTokenFilterTest extends FilterContract {

    @AutoClose
    private final JettySite site = new JettySite();

    @BeforeAll
    void start() throws Exception {
        site.withFilter().start();
    }

    @BeforeEach
    @AfterEach
    void heal() {
        site.services.failWith(null);
        site.services.refusals.clear();
        site.services.confirmed.clear();
        site.services.order.clear();
    }

    @Test
    void tellsOfRefusalsWithTheirPath() {
        get("/api/echo?x=y");
        get("/api/echo", "Authorization: Bearer");
        bearer("/api/echo", "unknown");
        bearer("/api/admin/echo", open("alice", "user"));
        withoutStore(() -> bearer("/api/echo", "some-token"));
        assertThat(site.services.refusals)
                .containsExactly(
                        new TokenRefused(Reason.MISSING, "/api/echo"),
                        new TokenRefused(Reason.INVALID_REQUEST, "/api/echo"),
                        new TokenRefused(Reason.INVALID_TOKEN, "/api/echo"),
                        new TokenRefused(Reason.INSUFFICIENT_SCOPE, "/api/admin/echo"),
                        new TokenRefused(Reason.UNAVAILABLE, "/api/echo"));
    }

    @Test
    void tellsOfARefusalInOneLine() {
        get("/api/echo%0d%0aLOCKSTEP-0500%20forged");
        assertThat(site.services.refusals)
                .extracting(TokenRefused::path)
                .containsExactly("/api/echo\\u000d\\u000aLOCKSTEP-0500 forged");
    }

    @Test
    void tellsOfARefusalBeforeTheClientHearsOfIt() {
        get("/api/echo");
        assertThat(site.services.order).containsExactly("told", "answered");
    }

    @Test
    void tellsNothingOfWhatPasses() {
        bearer("/api/echo", open("alice", "user"));
        bearer("/api/public/echo", "unknown");
        get("/open/echo");
        assertThat(site.services.refusals).isEmpty();
    }

    @Test
    void asksTheStoreWhereThatIsConfigured() {
        String token = open("alice", "user");
        bearer("/api/echo", token);
        assertThat(site.services.confirmed).isEmpty();
        bearer("/api/confirmed/echo", token);
        bearer("/api/Confirmed/echo", token);
        bearer("/api/confirmed/../echo", token);
        assertThat(site.services.confirmed).hasSize(3);
    }

    @Test
    void anUnexpectedFailureLetsNothingPass() {
        site.services.failWith(new IllegalStateException("on purpose"));
        Reply reply = bearer("/api/echo", "some-token");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body())
                .contains("dispatch=ERROR\n", "principal=null\n")
                .doesNotContain("path=/api");
        assertThat(bearer("/api/public/echo", "some-token").status()).isEqualTo(500);
    }

    @Override
    protected Site site() {
        return site;
    }
}
