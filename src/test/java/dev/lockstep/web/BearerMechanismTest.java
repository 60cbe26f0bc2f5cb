package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.Reply;
import org.junit.jupiter.api.Test;

/** What the filter promises is true where a container asks the mechanism, too. */
class BearerMechanismTest extends BearerContract {

    BearerMechanismTest() {
        super(new JettySite(ProbeConfig.CONTAINER_CONFIG).withMechanism());
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
}
