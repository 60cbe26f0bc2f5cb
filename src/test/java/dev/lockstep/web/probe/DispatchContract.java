package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A second part of {@link FilterContract}: the identity in later dispatches and threads of a
 * request, and its end.
 */
abstract class DispatchContract extends DetourContract {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=forward&to=/api/x",
                "do=forward&to=/open/x",
                "do=forward&to=/api/admin/x",
                "do=forward-wrapped&to=/open/x",
                "do=include&to=/open/x",
                "do=include&to=/api/x",
                "do=async-dispatch&to=/api/x",
                "do=async-dispatch&to=/open/x",
                "do=async-dispatch-pair&to=/open/x",
                "do=async-dispatch-wrapped&to=/open/x",
                "do=async-redispatch"
            })
    void laterDispatchesKeepTheIdentity(String query) {
        Reply reply = bearer("/api/start?" + query, alice());
        assertAlice(reply);
        assertThat(reply.body())
                .contains("session=alice\n", "wrappers=1\n", "auth=Bearer\n")
                .doesNotContain("dispatch=REQUEST");
    }

    /**
     * The identity travels with the request as wrapped, which must not change where it is
     * dispatched to.
     */
    @Test
    void aRedispatchKeepsThePath() {
        String path = "/a%20b%C3%A9/c?do=async-redispatch";
        String without = get("/open" + path).body().lines().toList().get(1);
        String with = bearer("/api" + path, alice()).body().lines().toList().get(1);
        assertThat(with).startsWith("path=/api/a b").isEqualTo(without.replace("/open/", "/api/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=forward&to=/api/x",
                "do=forward-wrapped&to=/api/x",
                "do=include&to=/api/x",
                "do=async-dispatch&to=/api/x",
                "do=async-redispatch"
            })
    void laterDispatchesGainNoIdentity(String query) {
        Reply reply = bearer("/open/start?" + query, alice());
        assertOutside(reply);
        assertAnonymous(get("/open/start?" + query));
        assertThat(reply.body()).doesNotContain("dispatch=REQUEST");
        assertAnonymous(get("/api/public/start?" + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-error", "throw"})
    void theErrorPageNeitherLosesNorGainsTheIdentity(String step) {
        Reply reply = bearer("/api/start?do=" + step, alice());
        assertThat(reply.status()).isIn(418, 500);
        assertThat(reply.body())
                .contains("dispatch=ERROR\n", "principal=alice\n", "user=alice\n", "session=alice\n", "wrappers=1\n");
        Reply stranger = bearer("/open/start?do=" + step, alice());
        assertThat(stranger.status()).isIn(418, 500);
        assertThat(stranger.body()).contains("dispatch=ERROR\n");
        assertOutside(stranger);
        assertAnonymous(get("/open/start?do=" + step));
    }

    /**
     * Whether there is a page depends on which thread is first: the server's, which leaves, or the
     * other.
     */
    @Test
    void theErrorPageOfAnAsynchronousRequestNeitherLosesNorGainsTheIdentity() {
        Reply reply = bearer("/api/start?do=async-error", alice());
        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).doesNotContain("principal=null");
        Reply stranger = site().knowsTheCallerEverywhere()
                ? get("/open/start?do=async-error")
                : bearer("/open/start?do=async-error", alice());
        assertThat(stranger.status()).isEqualTo(418);
        assertThat(stranger.body()).doesNotContain("alice");
    }

    @Test
    void aRefusalAsksForNoErrorPage() {
        assertThat(get("/api/start?do=send-error").body()).isEqualTo("{\"error\":\"unauthorized\"}");
    }

    @Test
    void anAsynchronousThreadHasTheIdentity() {
        assertThat(bearer("/api/start?do=async-thread", root()).body())
                .isEqualTo("principal=root\nuser=root\nadmin=true\n");
    }

    @Test
    void logoutEndsTheSessionAndTheRequestsIdentity() {
        String token = alice();
        Reply reply = bearer("/api/start?do=account", token);
        assertThat(reply.body())
                .contains(
                        "authenticate=true\n", "login=LOCKSTEP-0404", "principal=null\n", "user=null\n", "auth=null\n")
                .contains("admin=false\n", "anyone=false\n", "session=null\n");
        assertInvalid(bearer("/api/echo", token));
    }
}
