package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.CapturedLog;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllSessionsTest {

    private static final String JSON = "application/json";

    private static EndpointsSite site;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG, ObservedActions.class).start();
        admin = site.open("root", "admin");
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/sessions",
        "GET, /admin/sessions/count",
        "GET, /admin/sessions/x",
        "DELETE, /admin/sessions/x",
        "POST, /admin/sessions/end-principal",
        "POST, /admin/sessions/end-everything",
        "POST, /admin/key/replace",
        "POST, /admin/key/replace-leaked",
        "GET, /admin/nodes",
        "GET, /admin/status",
        "PUT, /admin/status"
    })
    void isForTheGroupsThatAreConfigured(String method, String path) {
        assertThat(site.send(method, path).status()).isEqualTo(401);
        for (String group : List.of("user", "gateway", "Admin", "admin ", "admin,root")) {
            Reply reply = site.as(site.open("eve", group), method, path);
            assertThat(reply.status()).as(group).isEqualTo(403);
            assertThat(reply.headers("WWW-Authenticate"))
                    .containsExactly("Bearer realm=\"lockstep\", error=\"insufficient_scope\"");
        }
        assertThat(site.as(site.open("rita", "root"), method, path).status()).isNotIn(401, 403);
    }

    @Test
    void findsAPrincipalsSessionsPageByPage() {
        Set<String> opened = new TreeSet<>();
        IntStream.range(0, 7)
                .forEach(each -> opened.add(site.sessions()
                        .open("page & me", Set.of("b", "a"))
                        .session()
                        .id()));
        List<String> found = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            Reply reply = site.as(admin, "GET", "/admin/sessions?principal=page%20%26+me&limit=3" + cursor);
            assertThat(reply.status()).isEqualTo(200);
            JsonObject page = JsonTexts.read(reply.body());
            page.getJsonArray("sessions")
                    .getValuesAs(JsonObject.class)
                    .forEach(session -> found.add(session.getString("id")));
            cursor = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).containsExactlyElementsOf(opened);
        assertThat(pages).isBetween(3, 4);
    }

    @Test
    void showsWhatIsSafe() {
        String token = site.sessions()
                .open("lisa", Set.of("b", "a"), Map.of("device", "secret"))
                .token()
                .value();
        String body = site.as(admin, "GET", "/admin/sessions/" + id(token)).body();
        assertThat(body).doesNotContain("secret", token);
        assertThat(JsonTexts.read(body).getString("principal")).isEqualTo("lisa");
        assertThat(JsonTexts.read(body).getJsonArray("groups")).hasToString("[\"a\",\"b\"]");
    }

    @Test
    void counts() {
        site.open("mona");
        site.open("mona");
        assertThat(JsonTexts.read(site.as(admin, "GET", "/admin/sessions/count?principal=mona")
                                .body())
                        .getInt("count"))
                .isEqualTo(2);
        assertThat(JsonTexts.read(site.as(admin, "GET", "/admin/sessions/count").body())
                        .getInt("count"))
                .isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=%00",
                "cursor=x",
                "cursor=YQ==",
                "cursor=../..",
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=1.5",
                "limit=99999999999",
                "limit=1&limit=2",
                "principle=ada",
                "principal=%",
                "principal=%ff",
                "principal=a&principal=b"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        Reply reply = site.as(admin, "GET", "/admin/sessions?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
    }

    @Test
    void aCursorThatIsMadeUpLeadsNowhereElse() {
        Reply reply = site.as(admin, "GET", "/admin/sessions?principal=nobody&cursor=" + Cursor.of("' OR 1=1 --"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(JsonTexts.read(reply.body()).getJsonArray("sessions")).isEmpty();
    }

    @Test
    void anUnknownSessionIsNotFound() {
        assertThat(site.as(admin, "GET", "/admin/sessions/unknown").status()).isEqualTo(404);
    }

    @Test
    void endsOneKnownOrNot() {
        String token = site.open("nell");
        assertThat(site.as(admin, "DELETE", "/admin/sessions/" + id(token)).status())
                .isEqualTo(200);
        assertThat(site.sessions().find(SessionToken.of(token))).isEmpty();
        assertThat(site.as(admin, "DELETE", "/admin/sessions/unknown").status()).isEqualTo(200);
    }

    @Test
    void endsAllOfAPrincipal() {
        String one = site.open("olga");
        String two = site.open("olga");
        String another = site.open("olaf");
        Reply reply = site.post(admin, "/admin/sessions/end-principal", "application/json", "{\"principal\":\"olga\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(site.sessions().find(SessionToken.of(one))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(two))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
    }

    @Test
    void listsTheNodes() {
        JsonObject answer = JsonTexts.read(site.as(admin, "GET", "/admin/nodes").body());
        List<JsonObject> nodes = answer.getJsonArray("nodes").getValuesAs(JsonObject.class);
        assertThat(nodes).hasSize(1);
        assertThat(nodes.get(0).getString("name")).isEqualTo(answer.getString("answeredBy"));
        assertThat(nodes.get(0).getBoolean("fenced")).isFalse();
        assertThat(nodes.get(0).getInt("leaseMillis")).isPositive();
        assertThat(Instant.parse(nodes.get(0).getString("since")))
                .isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void tellsWhatTheNodeIsDoing() {
        JsonObject status =
                JsonTexts.read(site.as(admin, "GET", "/admin/status").body());
        assertThat(status.getString("application")).isEqualTo("shop");
        assertThat(status.getJsonObject("lease").getBoolean("held")).isTrue();
        assertThat(status.getJsonObject("lease").getInt("leftMillis")).isPositive();
        assertThat(status.getJsonObject("cache").getString("name")).isEqualTo("memory");
        assertThat(status.getJsonObject("channel")).isEqualTo(JsonTexts.read("{\"name\":\"none\",\"missing\":0}"));
    }

    @Test
    void countsHitsAndRevocations() {
        JsonObject before =
                JsonTexts.read(site.as(admin, "GET", "/admin/status").body());
        site.as(admin, "DELETE", "/admin/sessions/unknown");
        JsonObject after = JsonTexts.read(site.as(admin, "GET", "/admin/status").body());
        assertThat(after.getJsonObject("cache").getInt("hits"))
                .isGreaterThan(before.getJsonObject("cache").getInt("hits"));
        assertThat(after.getJsonObject("revocations").getInt("count"))
                .isEqualTo(before.getJsonObject("revocations").getInt("count") + 1);
    }

    @Test
    void tellsTheApplicationAndTheLogWhoDidWhat() {
        String token = site.open("pia");
        ObservedActions.take();
        try (CapturedLog log = new CapturedLog(AuditTrail.class.getName())) {
            String id = id(token);
            site.as(admin, "GET", "/admin/sessions?principal=pia");
            site.as(admin, "GET", "/admin/sessions/count");
            site.as(admin, "GET", "/admin/sessions/unknown");
            site.as(admin, "DELETE", "/admin/sessions/" + id);
            site.post(admin, "/admin/sessions/end-principal", "application/json", "{\"principal\":\"a\\nb\"}");
            site.post(admin, "/admin/sessions/end-everything", "application/json", "{\"application\":\"bank\"}");
            site.as(admin, "GET", "/admin/nodes");
            site.as(admin, "GET", "/admin/status");
            assertThat(ObservedActions.take())
                    .containsExactly(
                            "operation=SEARCH, actor=root, target=pia, outcome=DONE",
                            "operation=COUNT, actor=root, outcome=DONE",
                            "operation=SEE_SESSION, actor=root, target=unknown, outcome=NOT_FOUND",
                            "operation=END_SESSION, actor=root, target=" + id + ", outcome=DONE",
                            "operation=END_PRINCIPAL, actor=root, target=a\\u000ab, outcome=DONE",
                            "operation=END_EVERYTHING, actor=root, target=bank, outcome=FAILED",
                            "operation=SEE_NODES, actor=root, outcome=DONE",
                            "operation=SEE_STATUS, actor=root, outcome=DONE");
            assertThat(log.messages())
                    .containsExactly(
                            "LOCKSTEP-0702 By the endpoints: operation=END_SESSION, actor=root, target=" + id
                                    + ", outcome=DONE",
                            "LOCKSTEP-0702 By the endpoints: operation=END_PRINCIPAL, actor=root, target=a\\u000ab,"
                                    + " outcome=DONE",
                            "LOCKSTEP-0702 By the endpoints: operation=END_EVERYTHING, actor=root, target=bank,"
                                    + " outcome=FAILED");
        }
    }

    @Test
    void tellsNobodyATokenThatStandsForSomethingElse() {
        String token = site.open("tess");
        ObservedActions.take();
        try (CapturedLog log = new CapturedLog("")) {
            site.as(admin, "GET", "/admin/sessions/" + token);
            assertThat(site.as(admin, "DELETE", "/admin/sessions/" + token).status())
                    .isEqualTo(404);
            site.as(admin, "GET", "/admin/sessions?principal=" + token);
            site.as(admin, "GET", "/admin/sessions/count?principal=Bearer%20" + token);
            site.post(admin, "/admin/sessions/end-principal", JSON, "{\"principal\":\"" + token + "\"}");
            site.post(admin, "/admin/sessions/end-everything", JSON, "{\"application\":\"" + token + "\"}");
            assertThat(ObservedActions.take())
                    .containsExactly(
                            "operation=SEE_SESSION, actor=root, outcome=NOT_FOUND",
                            "operation=END_SESSION, actor=root, outcome=NOT_FOUND",
                            "operation=SEARCH, actor=root, outcome=DONE",
                            "operation=COUNT, actor=root, outcome=DONE",
                            "operation=END_PRINCIPAL, actor=root, outcome=DONE",
                            "operation=END_EVERYTHING, actor=root, outcome=FAILED");
            assertThat(log.messages()).isNotEmpty().noneMatch(line -> line.contains(token));
        }
        assertThat(site.sessions().find(SessionToken.of(token))).isPresent();
    }

    /** Some identity providers give names that look like tokens. */
    @Test
    void tellsThePrincipalWhoIsCalledLikeAToken() {
        String subject = "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ";
        site.open(subject);
        ObservedActions.take();
        site.post(admin, "/admin/sessions/end-principal", JSON, "{\"principal\":\"" + subject + "\"}");
        assertThat(ObservedActions.take())
                .containsExactly("operation=END_PRINCIPAL, actor=root, target=" + subject + ", outcome=DONE");
    }

    private static String id(String token) {
        return site.sessions().find(SessionToken.of(token)).map(Session::id).orElseThrow();
    }
}
