package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.web.probe.Reply;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered where the store can't do what is asked. */
class FailingStoreTest {

    /** So many that most are under way at once. */
    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(50);

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

    @AfterAll
    static void dismiss() {
        CALLERS.shutdown();
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsNamedToAdministrators() {
        SwitchedStore.naive.register("ghost's id", "ghost", Duration.ofMillis(300));
        Reply reply = site.as(admin, "DELETE", "/admin/sessions/unknown");
        JsonObject ended = JsonTexts.read(reply.body());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(ended.getJsonArray("waitedOut")).hasToString("[\"ghost\"]");
        assertThat(ended.getInt("otherNodes")).isEqualTo(1);
        assertThat(ended.getInt("waitedMillis")).isGreaterThanOrEqualTo(300);
    }

    /** Their names tell of hosts and processes. */
    @Test
    void nodesThatHadToBeWaitedOutAreCountedForEverybodyElse() {
        String gateway = site.open("the gateway", "gateway");
        List<Supplier<Reply>> endings = List.of(
                () -> site.as(site.open("ada"), "POST", "/sessions/end-all"),
                () -> site.as(site.open("ada"), "POST", "/sessions/end-others"),
                () -> endOnesOwn(site.open("ada")),
                () -> site.post(
                        gateway, "/oauth/revoke", "application/x-www-form-urlencoded", "token=" + site.open("ada")));
        for (Supplier<Reply> ending : endings) {
            SwitchedStore.naive.register("ghost's id " + endings.indexOf(ending), "ghost", Duration.ofMillis(100));
            Reply reply = ending.get();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(JsonTexts.read(reply.body()).getInt("waitedOutNodes")).isPositive();
            assertThat(reply.toString()).doesNotContain("ghost");
        }
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        String here = site.open("ada");
        String there = site.open("ada");
        String id =
                site.sessions().find(SessionToken.of(there)).map(Session::id).orElseThrow();
        assertThat(site.as(here, "DELETE", "/sessions/" + id).status()).isEqualTo(200);
        LogPosition before = SwitchedStore.naive.nodes().head();
        for (int again = 0; again < 50; again++) {
            assertThat(site.as(here, "DELETE", "/sessions/" + id).status()).isEqualTo(404);
        }
        assertThat(SwitchedStore.naive.nodes().head()).isEqualTo(before);
    }

    @Test
    void whoEndsTheSameAgainAndAgainFillsNoLog() {
        String here = site.open("ada");
        LogPosition before = SwitchedStore.naive.nodes().head();
        Instant begin = Instant.now();
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 100)
                .mapToObj(each ->
                        CompletableFuture.supplyAsync(() -> site.as(here, "POST", "/sessions/end-others"), CALLERS))
                .toList();
        replies.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
        long seconds = Duration.between(begin, Instant.now()).toSeconds();
        assertThat(SwitchedStore.naive.nodes().head().position() - before.position())
                .as("ten at once, and then one a second")
                .isBetween(1L, 12 + seconds);
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

    /** Nor does the server's own error page say what. */
    @Test
    void noCallerIsToldWhatFailedWhileItWasLookedWhoItIs() {
        SwitchedStore.failure = new IllegalStateException("jdbc:h2:tcp://db/shop;PASSWORD=secret");
        try (CapturedLog log = new CapturedLog(EndpointsServlet.class.getName())) {
            SwitchedStore.without("find"::equals, () -> {
                Reply reply = site.as("A".repeat(43), "GET", "/sessions");
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
                assertThat(reply.toString()).doesNotContain("secret", "IllegalState");
            });
            assertThat(log.messages()).containsExactly("LOCKSTEP-0701 An endpoint failed: at /sessions");
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
        assertOwnPages(site.open("hal"));
        assertThat(site.as(root, "DELETE", "/sessions/" + id).status()).isEqualTo(200);
        assertThat(site.as(root, "GET", "/sessions").status()).isEqualTo(401);
    }

    /** What the store lists at once is told in parts all the same. */
    private void assertOwnPages(String token) {
        IntStream.range(0, 4).forEach(each -> site.open("hal"));
        Set<String> found = new TreeSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonObject page = JsonTexts.read(
                    site.as(token, "GET", "/sessions?limit=2" + cursor).body());
            page.getJsonArray("sessions")
                    .getValuesAs(JsonObject.class)
                    .forEach(each -> assertThat(found.add(each.getString("id"))).isTrue());
            cursor = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).hasSize(5);
        assertThat(pages).isEqualTo(3);
    }

    private Reply endOnesOwn(String token) {
        String id =
                site.sessions().find(SessionToken.of(token)).map(Session::id).orElseThrow();
        return site.as(token, "DELETE", "/sessions/" + id);
    }

    private static EndpointsSite with(Class<?>... interfaces) throws Exception {
        SwitchedStore.interfaces = Set.of(interfaces);
        return new EndpointsSite(
                        EndpointsSite.with("lockstep.nodes", "many"), SwitchedStore.class, ObservedActions.class)
                .start();
    }
}
