package dev.lockstep.it.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where in an application its user is seen; docs/howto/protect.md has the same table. */
@ExtendWith(ArquillianExtension.class)
class IdentityIT extends PagesOnServer {

    private static final String NAME = "identity";
    private static final String SOCKET = "/identity/api/socket";
    private static final String PRICES = "/identity/api/prices";
    private static final Backdoor BACKDOOR = new Backdoor(NAME);

    IdentityIT() {
        super(BACKDOOR);
    }

    @Deployment(testable = false)
    static WebArchive application() {
        WebArchive war = Deployments.war(
                NAME,
                with(Map.of(
                        "lockstep.web.protect", "/api/*",
                        "lockstep.web.permit", "/api/chat,/api/open/*",
                        "lockstep.web.cookie", COOKIE,
                        "lockstep.web.cors.origins", "https://shop.example")),
                BackdoorServlet.class,
                IdentityResources.class,
                IdentityResources.RestApplication.class,
                IdentitySocket.class,
                IdentitySocket.Handshake.class);
        return Deployments.addSources(war, PrintedApplication.sources());
    }

    @ParameterizedTest
    @CsvSource({
        "resource, current=alice rest=alice request=alice",
        "executor, current=none",
        "contextual, current=none",
        "thread, current=none",
        "stage, current=alice later=none",
        "kept, kept=alice",
        "suspended, current=alice later=none",
    })
    void theSessionIsSeenInTheDispatchAndWhereItIsTakenAlong(String path, String seen) {
        assertThat(alice(path)).isEqualTo(seen);
    }

    @Test
    void theMethodThatOpensAnEventStreamSeesTheSession() {
        assertThat(alice("events")).contains("data: current=alice later=none");
    }

    /**
     * Payara takes the principal over from the request as wrapped when it calls a servlet, WildFly
     * does not. Nobody sees another one's, on whichever thread of the server.
     */
    @Test
    void whatTheServerInjectsIsTheRequestsOwnPrincipalOrNobody() {
        boolean takesOver = System.getProperty("arquillian.launch").equals("payara");
        String nobody = takesOver ? "principal=ANONYMOUS security=none" : "principal=anonymous security=anonymous";
        for (int i = 0; i < 20; i++) {
            for (String principal : List.of("alice", "bob")) {
                String seen = takesOver ? "principal=" + principal + " security=" + principal : nobody;
                assertThat(get("injected", "Authorization", "Bearer " + token(principal)))
                        .isEqualTo(seen + " user=false");
            }
            assertThat(get("open")).isEqualTo(nobody + " user=false");
        }
    }

    @Test
    void aWebSocketKnowsThePrincipalOfItsHandshakeAndNoCurrentSession() {
        try (WebSocketClient socket = WebSocketClient.open(Http.port(), SOCKET, token("alice"))) {
            assertThat(socket.ask("x")).isEqualTo("handshake=alice open=none message=none principal=alice kept=alice");
        }
    }

    @Test
    void eachWebSocketKeepsWhatItsOwnHandshakeTookDown() {
        try (WebSocketClient alice = WebSocketClient.open(Http.port(), SOCKET, token("alice"));
                WebSocketClient bob = WebSocketClient.open(Http.port(), SOCKET, token("bob"))) {
            assertThat(alice.ask("x")).contains("principal=alice kept=alice");
            assertThat(bob.ask("x")).contains("principal=bob kept=bob");
        }
    }

    @Test
    void theRequestKnowsWhatTheHowToAsksOfIt() {
        String root = BACKDOOR.open("root", "user", "admin");
        assertThat(get("printed", "Authorization", "Bearer " + root)).isEqualTo("root root true Bearer ");
        assertThat(alice("printed")).isEqualTo("alice alice false Bearer ");
    }

    @Test
    void whatTheHowToTakesAlongIsThereInAnotherThread() {
        assertThat(alice("report")).isEqualTo("report for alice");
    }

    /** What the how-to prints for browsers, which can't send a header. */
    @Test
    void aWebSocketMayTakeTheTokenAsItsFirstMessageAndEndsWithTheSession() {
        String token = token("alice");
        try (WebSocketClient socket = WebSocketClient.open(Http.port(), "/identity/api/chat")) {
            socket.tell(token);
            assertThat(socket.ask("hello")).isEqualTo("alice: hello");
            BACKDOOR.revoke(token);
            assertThat(socket.next()).isEqualTo("closed 1008");
        }
        try (WebSocketClient socket = WebSocketClient.open(Http.port(), "/identity/api/chat")) {
            assertThat(socket.ask(token)).startsWith("closed ");
        }
    }

    @Test
    void aWebSocketEndsWithTheSessionOfItsHandshake() {
        String token = token("alice");
        try (WebSocketClient alices = WebSocketClient.open(Http.port(), PRICES, token);
                WebSocketClient bobs = WebSocketClient.open(Http.port(), PRICES, token("bob"))) {
            assertThat(alices.ask("x")).isEqualTo("x: 1");
            BACKDOOR.revoke(token);
            assertThat(alices.next()).isEqualTo("closed 1008");
            assertThat(bobs.ask("y")).isEqualTo("y: 1");
        }
    }

    @Test
    void anEventStreamEndsWithTheSessionOfItsRequest() throws Exception {
        String token = token("alice");
        try (EventStreamClient stream = EventStreamClient.open(Http.to(NAME), "api/news", token)) {
            assertThat(stream.next()).isEqualTo("data: welcome");
            BACKDOOR.revoke(token);
            assertThat(stream.next()).isEqualTo("end");
        }
    }

    /** What the how-to prints for browsers: login, a call, a foreign request, logout. */
    @Test
    void aCookieCarriesTheTokenFromLoginToLogout() {
        HttpResponse<String> login = form("login", "username=alice&password=sesame");
        String set = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).startsWith("__Host-session=").endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
        String cookie = set.substring(0, set.indexOf(';'));
        assertThat(get("report", "Cookie", cookie)).isEqualTo("report for alice");
        assertThat(form("api/logout", "", "Cookie", cookie).statusCode()).isEqualTo(403);
        assertThat(get("report", "Cookie", cookie)).isEqualTo("report for alice");
        HttpResponse<String> logout = form("api/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
        assertThat(logout.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-session=; Max-Age=0");
        assertThat(get("report", "Cookie", cookie)).contains("invalid_token");
        assertThat(form("login", "username=alice&password=wrong").statusCode()).isEqualTo(401);
    }

    /** Any page may open one, and the browser sends the cookie along. */
    @Test
    void aWebSocketOpensWithTheCookieForOurOwnPagesAlone() {
        String cookie = "__Host-session=" + token("alice");
        String own = "http://127.0.0.1:" + Http.port();
        try (WebSocketClient socket =
                WebSocketClient.open(Http.port(), PRICES, Map.of("Cookie", cookie, "Origin", own))) {
            assertThat(socket.ask("x")).isEqualTo("x: 1");
        }
        for (String origin : List.of("https://evil.example", "null")) {
            Map<String, String> foreign = Map.of("Cookie", cookie, "Origin", origin);
            assertThatThrownBy(() -> WebSocketClient.open(Http.port(), PRICES, foreign))
                    .rootCause()
                    .hasMessageContaining("403");
        }
    }

    private static HttpResponse<String> form(String path, String body, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/x-www-form-urlencoded"), Stream.of(headers))
                .toArray(String[]::new);
        return Http.to(NAME).post(path, body, all);
    }

    private static String alice(String path) {
        return get(path, "Authorization", "Bearer " + token("alice"));
    }

    private static String get(String path, String... headers) {
        return Http.to(NAME).get("api/" + path, headers).body();
    }

    private static String token(String principal) {
        return BACKDOOR.open(principal, "user");
    }
}
