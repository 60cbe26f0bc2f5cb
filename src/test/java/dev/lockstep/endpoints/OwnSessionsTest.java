package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.web.probe.Reply;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSessionsTest {

    private static final String COOKIE = "__Host-session";

    private static EndpointsSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.with("lockstep.web.cookie", COOKIE)).start();
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

    /** However many they are, they are told in parts, this one first of all. */
    @Test
    void oneSeesOnesOwnPageByPage() {
        Set<String> opened = new TreeSet<>();
        IntStream.range(0, 55).forEach(each -> opened.add(id(site.open("page & me"))));
        String here = site.open("page & me");
        opened.add(id(here));
        List<String> found = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            Reply reply = site.as(here, "GET", "/sessions?" + cursor);
            JsonObject page = JsonTexts.read(reply.body());
            List<JsonObject> part = page.getJsonArray("sessions").getValuesAs(JsonObject.class);
            assertThat(part.stream().map(each -> Instant.parse(each.getString("opened"))))
                    .isSorted();
            assertThat(part.stream().anyMatch(each -> each.getBoolean("current")))
                    .isEqualTo(pages == 0);
            assertThat(part).hasSizeLessThanOrEqualTo(51);
            part.forEach(each -> found.add(each.getString("id")));
            cursor = page.containsKey("next") ? "cursor=" + page.getString("next") : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).containsExactlyInAnyOrderElementsOf(opened);
        assertThat(pages).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=x", "limit=0", "limit=201", "limit=1&limit=1", "principal=root"})
    void anotherPartThanThereIsIsRefused(String query) {
        Reply reply = site.as(site.open("pat"), "GET", "/sessions?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
    }

    @Test
    void aCursorLeadsToNobodyElses() {
        site.open("quin");
        String body = site.as(site.open("rosa"), "GET", "/sessions?cursor=" + Cursor.of(" "))
                .body();
        assertThat(JsonTexts.read(body).getString("principal")).isEqualTo("rosa");
        assertThat(JsonTexts.read(body).getJsonArray("sessions")).isEmpty();
    }

    @Test
    void theBrowserForgetsTheTokenOfASessionThatOneHasEndedOneself() {
        String admin = site.open("sue", "admin");
        String other = site.open("tim");
        assertForgets(byCookie(site.open("uma"), "POST", "/sessions/end-all"), true);
        String here = site.open("vera");
        assertForgets(byCookie(here, "POST", "/sessions/end-others"), false);
        assertForgets(byCookie(here, "DELETE", "/sessions/unknown"), false);
        assertForgets(byCookie(here, "DELETE", "/sessions/" + id(here)), true);
        assertForgets(byCookie(admin, "DELETE", "/admin/sessions/" + id(other)), false);
        assertForgets(byCookie(admin, "DELETE", "/admin/sessions/" + id(admin)), true);
    }

    private static void assertForgets(Reply reply, boolean forgets) {
        List<String> cookies = reply.headers("Set-Cookie");
        if (forgets) {
            assertThat(cookies).containsExactly(COOKIE + "=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
        } else {
            assertThat(cookies).isEmpty();
        }
    }

    private static Reply byCookie(String token, String method, String path) {
        return site.send(method, path, "Cookie: " + COOKIE + "=" + token, "Sec-Fetch-Site: same-origin");
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
