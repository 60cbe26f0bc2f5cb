package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are Lockstep's own are nobody's to see. */
class OwnCanariesTest {

    private EndpointsSite site;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        SwitchedStore.interfaces = Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class);
        site = new EndpointsSite(EndpointsSite.CONFIG, SwitchedStore.class).start();
        admin = site.open("root", "admin");
        SwitchedStore.naive.open(new NewSession(
                "canary",
                new TokenDigest(1, 2, 3, 4),
                ReservedPrincipal.CANARY,
                Set.of(),
                Map.of(),
                Duration.ofHours(1),
                Duration.ofHours(1)));
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void areInNoAnswer() {
        assertThat(get("/admin/sessions").getJsonArray("sessions"))
                .singleElement()
                .satisfies(only ->
                        assertThat(only.asJsonObject().getString("principal")).isEqualTo("root"));
        assertThat(get("/admin/sessions?principal=lockstep%2Fcanary").getJsonArray("sessions"))
                .isEmpty();
        assertThat(get("/admin/sessions/count").getInt("count")).isEqualTo(1);
        assertThat(get("/admin/sessions/count?principal=lockstep%2Fcanary").getInt("count"))
                .isZero();
        assertThat(site.as(admin, "GET", "/admin/sessions/canary").status()).isEqualTo(404);
        assertThat(site.sessions().list(ReservedPrincipal.CANARY)).isEmpty();
    }

    private JsonObject get(String path) {
        return JsonTexts.read(site.as(admin, "GET", path).body());
    }
}
