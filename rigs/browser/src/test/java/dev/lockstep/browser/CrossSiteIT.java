package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice is logged in, and opens a page of somebody else, who wants to use her cookie. */
class CrossSiteIT extends BrowserTests {

    private Visit visit;
    private ForeignSite foreign;
    private Page sessions;

    @BeforeEach
    void logIn() throws IOException {
        visit = visit(Appearance.USUAL);
        foreign = new ForeignSite();
        sessions = visit.sessions();
    }

    @AfterEach
    void leave() {
        foreign.close();
        visit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aFormOfAnotherOriginEndsNothing(String host) {
        for (String target : List.of("/lockstep/sessions/end-all", "/api/logout", "/api/logout-all")) {
            String form = "<form method=post action='" + demo.a() + target + "'><button>Go</button></form>";
            Page evil = visit.open(foreign.page(host, form));
            Response answer = evil.waitForNavigation(() -> evil.click("button"));
            assertThat(answer.status()).as(target).isEqualTo(host.equals("localhost") ? 401 : 403);
            assertLoggedIn();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aScriptOfAnotherOriginEndsNothingAndReadsNothing(String host) {
        String all = demo.a() + "/lockstep/sessions";
        Page evil = visit.open(foreign.page(host, ""));
        for (String mode : List.of("no-cors", "cors")) {
            evil.evaluate("""
                    ([url, mode]) => fetch(url, { method: 'POST', mode, credentials: 'include' }).catch(() => 0)
                    """, List.of(all + "/end-all", mode));
            assertLoggedIn();
        }
        for (String path : List.of("/lockstep/sessions", "/api/me")) {
            Object read = evil.evaluate("""
                    url => fetch(url, { credentials: 'include' }).then(answer => answer.text()).catch(() => 'kept from me')
                    """, demo.a() + path);
            assertThat(read).isEqualTo("kept from me");
        }
        Object deleted = evil.evaluate("""
                url => fetch(url, { method: 'DELETE', credentials: 'include' }).then(() => 'done').catch(() => 'kept from me')
                """, all + "/x");
        assertThat(deleted).isEqualTo("kept from me");
        assertLoggedIn();
    }

    /** The other node of the demo is another origin of the same site, and listed for CORS. */
    @Test
    void anOriginThatIsListedForCorsStillHasNoUseOfTheCookie() {
        Page other = visit.open(demo.b() + "/");
        String url = demo.a() + "/api/me";
        String read =
                "url => fetch(url, { credentials: 'include' }).then(a => 'read ' + a.status).catch(() => 'kept from me')";
        assertThat(other.evaluate(read, url)).isEqualTo("kept from me");
        String post = """
                url => fetch(url, { method: 'POST', credentials: 'include', mode: 'no-cors' })
                    .then(() => 'answered').catch(() => 'kept from me')
                """;
        assertThat(other.evaluate(post, demo.a() + "/api/logout-all")).isEqualTo("kept from me");
        assertLoggedIn();
    }

    /**
     * The answer to a handshake is seen in what the browser complains of: from another site the
     * cookie does not come along, from another origin of this site the filter refuses it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aWebSocketOfAnotherOriginIsRefused(String host) {
        assertThat(handshake(visit.open(foreign.page(host, ""))))
                .contains(host.equals("localhost") ? "no valid credentials" : "403");
    }

    /** Nothing answers a WebSocket there, but it passes the filter. */
    @Test
    void ourOwnPageIsNotRefused() {
        assertThat(handshake(visit.open(demo.a() + "/")))
                .contains("Unexpected response code")
                .doesNotContain("403");
        Object own = visit.open(demo.a() + "/").evaluate("""
                () => fetch('/api/logout', { method: 'POST' }).then(answer => answer.status)
                """);
        assertThat(own).isEqualTo(204);
    }

    private static String handshake(Page page) {
        return page.waitForConsoleMessage(
                        new Page.WaitForConsoleMessageOptions()
                                .setPredicate(message -> message.text().contains("WebSocket")),
                        () -> page.evaluate(
                                "url => { new WebSocket(url); }", demo.a().replace("http", "ws") + "/api/me"))
                .text();
    }

    private void assertLoggedIn() {
        sessions.reload();
        sessions.waitForSelector(".lockstep-current");
    }
}
