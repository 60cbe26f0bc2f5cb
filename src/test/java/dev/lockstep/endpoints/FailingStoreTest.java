package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.web.probe.Reply;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered where the store can't do what is asked. */
class FailingStoreTest {

    private EndpointsSite site;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        site = with(SessionStore.class, RevocationLog.class, SessionSearch.class);
        admin = site.open("root", "admin");
    }

    @AfterEach
    void stop() throws Exception {
        SwitchedStore.failure = new StoreUnavailableException("on purpose", null);
        site.close();
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsNamed() {
        SwitchedStore.naive.register("ghost's id", "ghost", Duration.ofMillis(300));
        String token = site.open("ada");
        Reply reply = site.as(token, "POST", "/sessions/end-all");
        JsonObject ended = JsonTexts.read(reply.body());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(ended.getJsonArray("waitedOut")).hasToString("[\"ghost\"]");
        assertThat(ended.getInt("otherNodes")).isEqualTo(1);
        assertThat(ended.getInt("waitedMillis")).isGreaterThanOrEqualTo(300);
    }

    @Test
    void anEndingThatIsNotCertainSaysThatAskingAgainSettlesIt() {
        String token = site.open("ada");
        ObservedActions.take();
        SwitchedStore.without("commitRevocations"::equals, () -> {
            Reply reply = site.as(admin, "DELETE", "/admin/sessions/unknown");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers("Retry-After")).hasSize(1);
            assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
            assertThat(reply.body()).contains("settles it");
            assertThat(site.as(token, "POST", "/sessions/end-all").status()).isEqualTo(503);
        });
        assertThat(ObservedActions.take())
                .containsExactly("operation=END_SESSION, actor=root, target=unknown, outcome=UNCONFIRMED");
        assertThat(site.as(token, "POST", "/sessions/end-all").status()).isEqualTo(200);
    }

    @Test
    void aStoreThatIsAwayIsToldAsSuch() {
        SwitchedStore.without(Set.of("list", "page", "byId", "count", "nodes")::contains, () -> {
            for (String path : List.of(
                    "/sessions", "/admin/sessions", "/admin/sessions/x", "/admin/sessions/count", "/admin/nodes")) {
                Reply reply = site.as(admin, "GET", path);
                assertThat(reply.status()).as(path).isEqualTo(503);
                assertThat(reply.headers("Retry-After")).containsExactly("2");
            }
        });
    }

    @Test
    void somethingUnexpectedIsInTheLogAlone() {
        SwitchedStore.failure = new IllegalStateException("jdbc:h2:tcp://db/shop;PASSWORD=secret");
        try (CapturedLog log = new CapturedLog(EndpointsServlet.class.getName())) {
            SwitchedStore.without("page"::equals, () -> {
                Reply reply = site.as(admin, "GET", "/admin/sessions");
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.body()).contains("LOCKSTEP-0701").doesNotContain("secret");
            });
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0701 An endpoint failed: GET /admin/sessions");
            assertThat(log.thrown())
                    .singleElement()
                    .asString()
                    .contains("db/shop")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aStoreThatCanDoLessIsToldAsSuch() throws Exception {
        site.close();
        site = with(SessionStore.class);
        String root = site.open("root", "admin");
        for (String path : List.of("/admin/sessions", "/admin/sessions/x", "/admin/sessions/count", "/admin/nodes")) {
            assertThat(site.as(root, "GET", path).status()).as(path).isEqualTo(501);
        }
        String id = site.sessions().find(SessionToken.of(root)).map(Session::id).orElseThrow();
        assertThat(site.as(root, "GET", "/sessions").status()).isEqualTo(200);
        assertThat(site.as(root, "DELETE", "/sessions/" + id).status()).isEqualTo(200);
        assertThat(site.as(root, "GET", "/sessions").status()).isEqualTo(401);
    }

    private static EndpointsSite with(Class<?>... interfaces) throws Exception {
        SwitchedStore.interfaces = Set.of(interfaces);
        return new EndpointsSite(
                        EndpointsSite.with("lockstep.nodes", "many"), SwitchedStore.class, ObservedActions.class)
                .start();
    }
}
