package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenRefused;
import dev.lockstep.web.probe.Reply;
import org.junit.jupiter.api.Test;

/** The filter on Jetty, with a stand-in for the session manager. */
class BearerTokenFilterTest extends BearerContract {

    BearerTokenFilterTest() {
        super(new JettySite().withFilter());
    }

    @Test
    void tellsOfARefusalInOneLine() {
        get("/api/echo%0d%0aLOCKSTEP-0500%20forged");
        assertThat(site.services.refusals)
                .extracting(TokenRefused::path)
                .containsExactly("/api/echo\\u000d\\u000aLOCKSTEP-0500 forged");
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
}
