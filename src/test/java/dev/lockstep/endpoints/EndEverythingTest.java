package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs an application of its own. */
class EndEverythingTest {

    @Test
    void everythingEndsOnlyByName() throws Exception {
        try (EndpointsSite another = new EndpointsSite(EndpointsSite.CONFIG).start()) {
            String token = another.open("quinn", "admin");
            for (String body : List.of("{\"application\":\"bank\"}", "{}", "{\"application\":\"\"}", "")) {
                assertThat(another.post(token, "/admin/sessions/end-everything", "application/json", body)
                                .status())
                        .as(body)
                        .isIn(400, 409);
            }
            assertThat(another.sessions().find(SessionToken.of(token))).isPresent();
            assertThat(another.post(
                                    token,
                                    "/admin/sessions/end-everything",
                                    "application/json",
                                    "{\"application\":\"shop\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(another.sessions().find(SessionToken.of(token))).isEmpty();
        }
    }

    @Test
    void whereNoGroupIsConfiguredThereIsNothing() throws Exception {
        try (EndpointsSite plain = new EndpointsSite(
                        EndpointsSite.without("lockstep.endpoints.admin", "lockstep.endpoints.gateway"))
                .start()) {
            String token = plain.open("root", "admin", "gateway", "");
            for (String path : List.of("/admin/sessions", "/admin/status", "/oauth/introspect")) {
                assertThat(plain.as(token, "GET", path).status()).as(path).isEqualTo(404);
                assertThat(plain.as(token, "POST", path).status()).as(path).isEqualTo(404);
            }
            assertThat(plain.as(token, "GET", "/sessions").status()).isEqualTo(200);
        }
    }
}
