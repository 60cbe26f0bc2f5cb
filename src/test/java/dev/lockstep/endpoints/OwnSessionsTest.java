package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.web.probe.Reply;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnSessionsTest {

    private static EndpointsSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG).start();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void oneSeesOnesOwnAndWhichItIs() {
        String here = site.open("ada");
        site.open("ada");
        site.open("bea");
        JsonObject answer = JsonTexts.read(site.as(here, "GET", "/sessions").body());
        assertThat(answer.getString("principal")).isEqualTo("ada");
        List<JsonObject> sessions = answer.getJsonArray("sessions").getValuesAs(JsonObject.class);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.stream().filter(each -> each.getBoolean("current")).map(each -> each.getString("id")))
                .containsExactly(id(here));
        assertThat(sessions.get(0).keySet())
                .containsExactlyInAnyOrder("id", "opened", "lastUsed", "ends", "endsAtTheLatest", "current");
    }

    @Test
    void neitherTokensNorAttributesAreShown() {
        String token = site.sessions()
                .open("cleo", Set.of("secret-group"), Map.of("device", "secret-attribute"))
                .token()
                .value();
        assertThat(site.as(token, "GET", "/sessions").body()).doesNotContain(token, "secret");
    }

    @Test
    void oneCanEndOne() {
        String here = site.open("dora");
        String there = site.open("dora");
        Reply reply = site.as(here, "DELETE", "/sessions/" + id(there));
        assertThat(reply.status()).isEqualTo(200);
        JsonObject ended = JsonTexts.read(reply.body());
        assertThat(ended.getBoolean("awaited")).isTrue();
        assertThat(ended.getInt("otherNodes")).isZero();
        assertThat(site.sessions().find(SessionToken.of(there))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(here))).isPresent();
    }

    @Test
    void oneCanEndTheOneThatAsks() {
        String here = site.open("emma");
        assertThat(site.as(here, "DELETE", "/sessions/" + id(here)).status()).isEqualTo(200);
        assertThat(site.as(here, "GET", "/sessions").status()).isEqualTo(401);
    }

    @Test
    void anothersSessionIsAsUnknownAsNone() {
        String mine = site.open("fay");
        String another = site.open("gina");
        Reply anothers = site.as(mine, "DELETE", "/sessions/" + id(another));
        Reply unknown = site.as(mine, "DELETE", "/sessions/unknown");
        assertThat(anothers.status()).isEqualTo(404);
        assertThat(anothers.body()).isEqualTo(unknown.body());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
    }

    @Test
    void administratorsEndNothingOfOthersHere() {
        String admin = site.open("root", "admin");
        String another = site.open("hana");
        assertThat(site.as(admin, "DELETE", "/sessions/" + id(another)).status())
                .isEqualTo(404);
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
    }

    @Test
    void oneCanEndAllOthers() {
        String here = site.open("ida");
        String there = site.open("ida");
        String another = site.open("ivy");
        assertThat(site.as(here, "POST", "/sessions/end-others").status()).isEqualTo(200);
        assertThat(site.sessions().find(SessionToken.of(here))).isPresent();
        assertThat(site.sessions().find(SessionToken.of(there))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
    }

    @Test
    void oneCanEndAll() {
        String here = site.open("jane");
        String there = site.open("jane");
        String another = site.open("joan");
        assertThat(site.as(here, "POST", "/sessions/end-all").status()).isEqualTo(200);
        assertThat(site.sessions().find(SessionToken.of(here))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(there))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
    }

    @Test
    void gettingEndsNothing() {
        String here = site.open("kate");
        for (String path : List.of("/sessions/" + id(here), "/sessions/end-others", "/sessions/end-all")) {
            assertThat(site.as(here, "GET", path).status()).as(path).isEqualTo(405);
            assertThat(site.as(here, "HEAD", path).status()).as(path).isEqualTo(405);
        }
        assertThat(site.sessions().find(SessionToken.of(here))).isPresent();
    }

    private static String id(String token) {
        return site.sessions().find(SessionToken.of(token)).map(Session::id).orElseThrow();
    }
}
