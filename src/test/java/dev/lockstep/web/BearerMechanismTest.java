package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import dev.lockstep.web.probe.FilterContract;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Reply;
import dev.lockstep.web.probe.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the filter promises is true where a container asks the mechanism, too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerMechanismTest extends FilterContract {

    @AutoClose
    private final JettySite site = new JettySite(ProbeConfig.CONTAINER_CONFIG);

    @BeforeAll
    void start() throws Exception {
        site.withMechanism().start();
    }

    @BeforeEach
    @AfterEach
    void heal() {
        site.services.failWith(null);
        site.services.refusals.clear();
        site.services.order.clear();
    }

    @Test
    void tellsOfEachRefusalOnce() {
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
    void tellsOfARefusalBeforeTheClientHearsOfIt() {
        get("/api/echo");
        assertThat(site.services.order).containsExactly("told", "answered");
    }

    /** An annotation may ask for the caller later, when nobody can say any more who that is. */
    @Test
    void outsideOfWhatIsProtectedATokenOfWhichNothingIsKnownYetHasToWait() {
        withoutStore(() -> {
            assertThat(bearer("/open/echo", "some-token").status()).isEqualTo(503);
            assertThat(get("/open/echo").status()).isEqualTo(200);
        });
        assertThat(bearer("/open/echo", "some-token").says("principal=null")).isTrue();
    }

    @Test
    void anUnexpectedFailureLetsNothingPass() {
        site.services.failWith(new IllegalStateException("on purpose"));
        Reply reply = bearer("/api/echo", "some-token");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(isReachedBy(reply)).isFalse();
        assertThat(bearer("/open/echo", "some-token").status()).isEqualTo(500);
    }

    private static boolean isReachedBy(Reply reply) {
        return reply.body().contains("path=/api");
    }

    @Override
    protected boolean knowsTheCallerEverywhere() {
        return true;
    }

    @Override
    protected Site site() {
        return site;
    }
}
