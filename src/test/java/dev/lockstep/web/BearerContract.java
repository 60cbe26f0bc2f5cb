package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** What is promised on Jetty, whoever asks who calls, and what observers are told of refusals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BearerContract extends FilterContract {

    @AutoClose
    final JettySite site;

    BearerContract(JettySite site) {
        this.site = site;
    }

    @BeforeAll
    void start() throws Exception {
        site.start();
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
    void tellsOfEachRefusalOnceWithItsPath() {
        get("/api/echo?x=y");
        get("/api/echo", "Authorization: Bearer");
        bearer("/api/echo", "unknown");
        bearer("/api/echo", "forged-token");
        bearer("/api/admin/echo", open("alice", "user"));
        send("POST", "/api/echo", "Cookie: __Host-session=x", "Content-Length: 0");
        withoutStore(() -> bearer("/api/echo", "some-token"));
        assertThat(site.services.refusals)
                .containsExactly(
                        new TokenRefused(Reason.MISSING, "/api/echo"),
                        new TokenRefused(Reason.INVALID_REQUEST, "/api/echo"),
                        new TokenRefused(Reason.INVALID_TOKEN, "/api/echo"),
                        new TokenRefused(Reason.FORGED_TOKEN, "/api/echo"),
                        new TokenRefused(Reason.INSUFFICIENT_SCOPE, "/api/admin/echo"),
                        new TokenRefused(Reason.CROSS_SITE, "/api/echo"),
                        new TokenRefused(Reason.UNAVAILABLE, "/api/echo"));
    }

    @Test
    void theClientIsNotToldWhetherATokenIsForgedOrUnknown() {
        Reply forged = bearer("/api/echo", "forged-token");
        Reply unknown = bearer("/api/echo", "unknown");

        assertThat(forged.status()).isEqualTo(unknown.status()).isEqualTo(401);
        assertThat(forged.body()).isEqualTo(unknown.body());
        assertThat(forged.headers("WWW-Authenticate")).isEqualTo(unknown.headers("WWW-Authenticate"));
    }

    @Test
    void tellsOfARefusalBeforeTheClientHearsOfIt() {
        get("/api/echo");
        assertThat(site.services.order).containsExactly("told", "answered");
    }

    /** Whatever becomes of it, and of those of all other tests. */
    @Test
    void whoFollowsRequestsKnowsOfEachBeforeItsTokenIsLookedAtAndThatItIsOver() {
        int before = site.services.threads.begun.get();
        bearer("/api/echo", open("alice", "user"));
        bearer("/api/echo", "unknown");
        withoutStore(() -> bearer("/api/echo", "some-token"));

        await().until(site.services.threads::areIdle);
        assertThat(site.services.threads.begun.get() - before).isGreaterThanOrEqualTo(3);
        assertThat(site.services.threads.strayLookUps).hasValue(0);
    }

    @Override
    protected final Site site() {
        return site;
    }
}
