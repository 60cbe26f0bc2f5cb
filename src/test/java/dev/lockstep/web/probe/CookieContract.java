package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cookie opens, and what it does not open since any page makes a browser send it. */
abstract class CookieContract extends DispatchContract {

    static final String COOKIE = "__Host-session";

    private static final String SAME = "Sec-Fetch-Site: same-origin";
    private static final String[] HANDSHAKE = {
        "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"
    };

    @Test
    void theTokenOfACookieIsAnIdentity() {
        assertAlice(get("/api/echo", cookie(alice())));
        assertAlice(get("/api/confirmed/echo", cookie(alice())));
        assertAlice(get("/api/public/echo", cookie(alice())));
        assertAlice(send("OPTIONS", "/api/echo", cookie(alice())));
        assertThat(get("/api/admin/echo", cookie(alice())).status()).isEqualTo(403);
        assertThat(get("/api/admin/echo", cookie(root())).says("admin=true")).isTrue();
        assertOutside(get("/open/echo", cookie(alice())));
    }

    @Test
    void itIsFoundAmongOthers() {
        String ours = COOKIE + "=" + alice();
        for (String header : List.of(
                "a=b; " + ours,
                ours + "; a=b",
                "a; " + ours + ";",
                "x" + ours + "; " + ours,
                "__host-session=x; " + ours,
                COOKIE + "x=y; " + ours,
                "a=\"; " + ours,
                "a=" + COOKIE + "=b;" + ours)) {
            assertAlice(get("/api/echo", "Cookie: " + header));
        }
        assertAlice(get("/api/echo", "Cookie: a=b", "Cookie: " + ours));
        assertAlice(get("/api/echo", "Authorization: Basic YWxpY2U6YWxpY2U=", "Cookie: " + ours));
    }

    /**
     * In these a server may see the cookie, but no browser keeps one of that name. One that is no
     * ASCII some servers refuse themselves.
     */
    @Test
    void whatIsNoCookieOfThatNameIsNone() {
        String ours = COOKIE + "=" + alice();
        for (String header : List.of(
                "a=b, " + ours,
                "$Version=1,__Host-session=" + alice(),
                "a=\"" + ours + "\"",
                "x" + ours,
                COOKIE.toLowerCase(Locale.ROOT) + "=" + alice(),
                COOKIE + " =" + alice(),
                COOKIE)) {
            assertRefused(get("/api/echo", "Cookie: " + header), 401, CHALLENGE);
        }
        assertThat(get("/api/echo", "Cookie: \u00a0" + ours).status()).isIn(400, 401);
    }

    @Test
    void unknownAndRevokedTokensAreInvalid() {
        assertInvalid(get("/api/echo", cookie("unknown")));
        assertInvalid(get("/api/echo", cookie("\"" + alice() + "\"")));
        assertInvalid(get("/api/echo", cookie(alice() + " ;")));
        String token = alice();
        assertAlice(get("/api/echo", cookie(token)));
        revoke(token);
        assertInvalid(get("/api/echo", cookie(token)));
    }

    @Test
    void twoCredentialsAreAnInvalidRequest() {
        String token = alice();
        String[][] doubled = {
            {cookie(token), "Authorization: Bearer " + token},
            {cookie(token), "Authorization: Bearer"},
            {cookie(token), cookie(token)},
            {cookie(token) + "; " + COOKIE + "=" + token},
            {cookie(token) + "; " + COOKIE + "="},
            {cookie("")}
        };
        for (String[] headers : doubled) {
            assertRefused(get("/api/echo", headers), 400, CHALLENGE + ", error=\"invalid_request\"");
            assertAnonymous(get("/api/public/echo", headers));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FOO", "get"})
    void whatMayChangeSomethingMustComeFromOurOwnPages(String method) {
        String cookie = cookie(alice());
        for (String[] headers : foreign()) {
            assertCrossSite(send(method, "/api/echo", join(headers, cookie, "Content-Length: 0")));
        }
        for (String[] headers : own()) {
            assertThat(send(method, "/api/echo", join(headers, cookie, "Content-Length: 0"))
                            .status())
                    .as(String.join(", ", headers))
                    .isNotIn(401, 403);
        }
    }

    @Test
    void onlyACookieHasToProveWhereItComesFrom() {
        for (String[] headers : foreign()) {
            String[] bearer = join(headers, "Authorization: Bearer " + alice(), "Content-Length: 0");
            assertAlice(send("POST", "/api/echo", bearer));
            assertAlice(get("/api/echo", join(headers, cookie(alice()))));
        }
    }

    /** So that nobody finds out whether the victim has a session. */
    @Test
    void aForeignRequestIsAnsweredAlikeWhateverItsCookieIs() {
        String evil = "Sec-Fetch-Site: cross-site";
        assertCrossSite(send("POST", "/api/echo", cookie("unknown"), evil, "Content-Length: 0"));
        assertCrossSite(send("POST", "/api/admin/echo", cookie(alice()), evil, "Content-Length: 0"));
        String alice = cookie(alice());
        withoutStore(() -> assertCrossSite(send("POST", "/api/confirmed/echo", alice, evil, "Content-Length: 0")));
    }

    @Test
    void aForeignRequestToAPermittedPathHasNoIdentity() {
        assertAnonymous(send("POST", "/api/public/echo", cookie(alice()), "Content-Length: 0"));
        assertAlice(send("POST", "/api/public/echo", cookie(alice()), SAME, "Content-Length: 0"));
    }

    /** Any page may open a WebSocket, with the cookie, and read what comes. */
    @Test
    void aHandshakeMustComeFromOurOwnPages() {
        for (String method : List.of("GET", "OPTIONS")) {
            for (String[] headers : foreign()) {
                assertCrossSite(send(method, "/api/echo", join(join(headers, HANDSHAKE), cookie(alice()))));
            }
        }
        assertAlice(get("/api/echo", join(HANDSHAKE, cookie(alice()), "Origin: " + origin())));
        assertCrossSite(get("/api/echo", cookie(alice()), "Sec-WebSocket-Version: 13"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "x-method-override"})
    void aMethodInDisguiseMustComeFromOurOwnPages(String header) {
        assertCrossSite(get("/api/echo", cookie(alice()), header + ": DELETE"));
        assertAlice(get("/api/echo", cookie(alice()), header + ": GET", SAME));
    }

    private List<String[]> own() {
        return List.of(
                new String[] {SAME},
                new String[] {SAME, "Origin: " + origin()},
                new String[] {"Origin: " + origin()},
                new String[] {"Origin: " + origin().replace("http:", "https:")});
    }

    private List<String[]> foreign() {
        return List.of(
                new String[0],
                new String[] {"Sec-Fetch-Site: cross-site"},
                new String[] {"Sec-Fetch-Site: cross-site", "Origin: " + origin()},
                new String[] {"Sec-Fetch-Site: same-site"},
                new String[] {"Sec-Fetch-Site: none"},
                new String[] {"Sec-Fetch-Site: Same-Origin"},
                new String[] {"Sec-Fetch-Site: "},
                new String[] {SAME, SAME},
                new String[] {SAME, "Sec-Fetch-Site: cross-site"},
                new String[] {"Origin: null"},
                new String[] {"Origin: "},
                new String[] {"Origin: https://evil.example"},
                new String[] {"Origin: " + origin() + "0"},
                new String[] {"Origin: " + origin() + ".evil.example"},
                new String[] {"Origin: http://localhost:" + site().port()},
                new String[] {"Origin: http://127.0.0.1"},
                new String[] {"Origin: ftp://127.0.0.1:" + site().port()},
                new String[] {"Origin: " + origin() + "/"},
                new String[] {"Origin: " + origin(), "Origin: https://evil.example"},
                new String[] {"Referer: " + origin() + "/"});
    }

    private String origin() {
        return "http://127.0.0.1:" + site().port();
    }

    private static String cookie(String token) {
        return "Cookie: " + COOKIE + "=" + token;
    }

    private static void assertCrossSite(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"error\":\"cross_site\"}");
        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        assertThat(reply.headers("WWW-Authenticate")).isEmpty();
        assertThat(reply.headers("Retry-After")).isEmpty();
    }
}
