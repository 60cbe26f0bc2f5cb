package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter promises over HTTP, on whatever server: the probe deployed with {@link ProbeConfig#CONFIG}. */
public abstract class FilterContract {

    /** In the form of a token, so that the store must be asked about it. */
    private static final String UNKNOWN = "A".repeat(43);

    private static final String CHALLENGE = "Bearer realm=\"the \\\"shop\\\"\"";

    /** Where the server listens on the loopback address. */
    protected abstract int port();

    /** The context path: empty, or with a leading slash. */
    protected abstract String context();

    /** Opens a session and gives its token. */
    protected abstract String open(String principal, String... groups);

    protected abstract void revoke(String token);

    /** Runs this while the store cannot be asked about any token. */
    protected abstract void withoutStore(Runnable action);

    // the table

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void withoutCredentialsIsChallengedWithoutErrorCode(String method) {
        Reply reply = send(method, "/api/echo", "Content-Length: 0");
        assertRefused(reply, 401, CHALLENGE);
        assertThat(reply.body()).isEqualTo(method.equals("HEAD") ? "" : "{\"error\":\"unauthorized\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6YWxpY2U=", "Bearerx abc", "Digest a=b", "", "abc", "Basic a, Bearer b"})
    void anotherSchemeIsChallengedWithoutErrorCode(String credentials) {
        assertRefused(get("/api/echo", "Authorization: " + credentials), 401, CHALLENGE);
    }

    @Test
    void aTokenInQueryOrFormIsNoCredential() {
        String token = alice();
        assertRefused(get("/api/echo?access_token=" + token), 401, CHALLENGE);
        assertRefused(send("POST", "/api/echo?access_token=" + token, "Content-Length: 0"), 401, CHALLENGE);
    }

    @Test
    void twoHeadersAreAnInvalidRequest() {
        String header = "Authorization: Bearer " + alice();
        Reply reply = get("/api/echo", header, header);
        assertRefused(reply, 400, CHALLENGE + ", error=\"invalid_request\"");
        assertThat(reply.body()).isEqualTo("{\"error\":\"invalid_request\"}");
        assertRefused(
                get("/api/echo", header, "AUTHORIZATION: Basic YTph"), 400, CHALLENGE + ", error=\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer", "BEARER   "})
    void bearerWithoutATokenIsAnInvalidRequest(String credentials) {
        assertRefused(
                get("/api/echo", "Authorization: " + credentials), 400, CHALLENGE + ", error=\"invalid_request\"");
    }

    static Stream<String> invalidTokens() {
        return Stream.of(
                "unknown",
                UNKNOWN,
                "=",
                "a=b",
                "a b",
                "a,b",
                "\"abc\"",
                "%41",
                "a:b",
                "x".repeat(4096),
                "x".repeat(4097));
    }

    @ParameterizedTest
    @MethodSource("invalidTokens")
    void unknownAndMalformedTokensAreAnsweredAlike(String token) {
        assertInvalid(bearer("/api/echo", token));
    }

    @Test
    void aRevokedTokenIsAnsweredAsAnUnknownOne() {
        String token = alice();
        assertThat(bearer("/api/echo", token).status()).isEqualTo(200);
        revoke(token);
        assertInvalid(bearer("/api/echo", token));
        assertInvalid(bearer("/api/confirmed/echo", token));
        assertInvalid(bearer("/api/admin/echo", token));
    }

    @Test
    void tokensAreComparedExactly() {
        String token = alice();
        assertInvalid(bearer("/api/echo", token + "="));
        assertInvalid(bearer("/api/echo", token.substring(1)));
        assertInvalid(bearer("/api/echo", swapCase(token)));
    }

    @Test
    void aMissingGroupIsForbidden() {
        Reply reply = bearer("/api/admin/echo", alice());
        assertRefused(reply, 403, CHALLENGE + ", error=\"insufficient_scope\"");
        assertThat(reply.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
        assertThat(bearer("/api/admin/echo", root()).says("admin=true")).isTrue();
        assertThat(bearer("/api/staff/echo", alice()).status()).isEqualTo(200);
        assertThat(bearer("/api/staff/echo", root()).status()).isEqualTo(200);
        assertThat(bearer("/api/staff/echo", open("carol", "guest")).status()).isEqualTo(403);
    }

    @Test
    void aStoreOutOfReachIsTemporary() {
        withoutStore(() -> {
            Reply reply = bearer("/api/confirmed/echo", UNKNOWN);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers("Retry-After"))
                    .singleElement()
                    .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
            assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
            assertThat(reply.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
            assertRefused(get("/api/confirmed/echo"), 401, CHALLENGE);
            assertThat(bearer("/api/public/echo", UNKNOWN).says("principal=null"))
                    .isTrue();
        });
    }

    @Test
    void aPreflightPassesWithoutIdentity() {
        String origin = "Origin: https://shop.example";
        String asks = "Access-Control-Request-Method: PUT";
        Reply reply = send("OPTIONS", "/api/echo", origin, asks);
        assertThat(reply.status()).isEqualTo(200);
        assertAnonymous(reply);
        assertAnonymous(send("OPTIONS", "/api/echo", origin, asks, "Authorization: Bearer " + alice()));
        assertRefused(send("OPTIONS", "/api/echo", origin), 401, CHALLENGE);
        assertRefused(send("OPTIONS", "/api/echo", asks), 401, CHALLENGE);
        assertRefused(send("GET", "/api/echo", origin, asks), 401, CHALLENGE);
    }

    @Test
    void aValidTokenIsAnIdentity() {
        assertAlice(bearer("/api/echo", alice()));
        assertThat(bearer("/api/echo", alice()).body())
                .contains("dispatch=REQUEST\n", "auth=Bearer\n", "admin=false\n", "anyone=true\n", "star=false\n")
                .contains("session=alice\n");
        assertAlice(bearer("/api/confirmed/echo", alice()));
        assertThat(bearer("/api/echo", open("jos\u00e9", "user")).body()).contains("user=jos");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer %s",
                "BEARER %s",
                "bEaReR %s",
                "Bearer    %s",
                "Bearer %s   ",
                "  Bearer %s",
                "Bearer %s\t"
            })
    void theSchemeIsReadInAnyCaseAndSpaceAroundIsIgnored(String form) {
        assertAlice(get("/api/echo", "Authorization: " + String.format(form, alice())));
    }

    // permit

    @Test
    void aPermittedPathTakesAnIdentityButNeedsNone() {
        assertAnonymous(get("/api/public/echo"));
        assertAnonymous(get("/api/public"));
        assertAnonymous(get("/api/login"));
        assertAlice(bearer("/api/public/echo", alice()));
        assertAnonymous(bearer("/api/public/echo", "unknown"));
        assertAnonymous(get("/api/login", "Authorization: Basic YWxpY2U6YWxpY2U="));
        assertAnonymous(get("/api/login", "Authorization: Bearer", "Authorization: Bearer"));
    }

    @Test
    void whatIsNotProtectedHasNoIdentity() {
        assertAnonymous(bearer("/open/echo", alice()));
        assertThat(get("/exact").status()).isEqualTo(401);
        assertThat(get("/exact/").status()).isEqualTo(401);
    }

    // tricks

    static Stream<String> waysToTheProtected() {
        return Stream.of(
                "//api/echo",
                "/api//echo",
                "///api///echo",
                "/./api/echo",
                "/api/./echo",
                "/api/echo/.",
                "/api/echo/",
                "/open/../api/echo",
                "/open/..;/api/echo",
                "/open/..;x=y/api/echo",
                "/open/.;/../api/echo",
                "/api/..;/api/echo",
                "/api/%2e%2e/api/echo",
                "/open/%2e%2e/api/echo",
                "/open/%2E%2E/api/echo",
                "/open/.%2e/api/echo",
                "/open/%2e%2e%2fapi/echo",
                "/open/%252e%252e/api/echo",
                "/open/%c0%ae%c0%ae/api/echo",
                "/open/%u002e%u002e/api/echo",
                "/open%2f..%2fapi/echo",
                "/open%5c..%5capi%5cecho",
                "/open\\..\\api\\echo",
                "\\api\\echo",
                "/%61pi/echo",
                "/%61%70%69/echo",
                "/api%2fecho",
                "/api%2Fecho",
                "/api%5cecho",
                "/api;jsessionid=0123/echo",
                "/api;/echo",
                "/;x/api/echo",
                "/;/api/echo",
                "/api/echo;jsessionid=0123",
                "/api/echo%00",
                "/api%00/echo",
                "/open/echo%00/../../api/echo",
                "/api/echo%0d%0aX:1",
                "/api/echo%20",
                "/api/echo%3bx",
                "/API/echo",
                "/Api/echo",
                "/open/login/..;/../api/echo",
                "/api/login/",
                "/api/login;x",
                "/api/login/..;/echo",
                "/api/login%2f..%2fecho",
                "/api/public/../echo",
                "/api/public/..;/echo",
                "/api/public;/../echo",
                "/api/public;x/echo",
                "/api/public/;/echo",
                "/api/public/%2e%2e/echo",
                "/api/public/%252e%252e/echo",
                "/api/public/..%2fecho",
                "/api/public%2f..%2fecho",
                "/api/public\\..\\echo",
                "/api/public%5c..%5cecho",
                "/api/public//../echo",
                "/api/public/.",
                "/api/public/./echo",
                "/api//public/echo",
                "/api/PUBLIC/echo",
                "/api/public/echo%00",
                "/api/public/%3b/echo",
                "/api/public/..%3b/echo",
                "/api/public/%c0%ae%c0%ae/echo",
                "/api/publicity",
                "/exact/",
                "/exact;x",
                "/exact%2f",
                "/exact/.",
                "/./exact",
                "//exact");
    }

    @ParameterizedTest
    @MethodSource("waysToTheProtected")
    void noDetourReachesTheProtectedWithoutAToken(String path) {
        assertUnreached(path, get(path));
        assertUnreached(path, get(path, "Authorization: Bearer unknown"));
        assertUnreached(path, RawHttp.send(port(), "GET", "http://127.0.0.1:" + port() + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", "/" + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", "/." + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", "/x/.." + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", "/x/..;" + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", context() + "/x/../.." + context() + path));
        assertUnreached(path, RawHttp.send(port(), "GET", context() + ";x" + path));
    }

    @ParameterizedTest
    @MethodSource("waysToTheProtected")
    void aDetourWithATokenHasItsIdentityOrReachesNothing(String path) {
        Reply reply = bearer(path, alice());
        if (isReached(reply)) {
            assertAlice(reply);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin",
                "/api/admin/",
                "/api/admin;x",
                "/api/admin;x/echo",
                "/api;x/admin/echo",
                "/api/ADMIN/echo",
                "/api/%61dmin/echo",
                "/api/%41dmin/echo",
                "/api//admin/echo",
                "/api/./admin/echo",
                "/api/x/../admin/echo",
                "/api/x/..;/admin/echo",
                "/api/x/%2e%2e/admin/echo",
                "/api/x/%252e%252e/admin/echo",
                "/api%2fadmin/echo",
                "/api/%2fadmin/echo",
                "/api/%2Fadmin",
                "/api%5cadmin/echo",
                "/api/x%2f..%2fadmin",
                "/api\\admin\\echo",
                "/api/admin%2fecho",
                "/api/admin%5cecho",
                "/api/admin%00/echo",
                "/api/admin%3bx/echo",
                "/api/;/admin/echo",
                "/api/public/../admin/echo",
                "/api/public/..;/admin/echo",
                "/api/staff/..%2fadmin/echo",
                "/API/admin/echo"
            })
    void noDetourReachesWhatNeedsAGroup(String path) {
        Reply reply = bearer(path, alice());
        assertThat(isReached(reply)).as(reply.toString()).isFalse();
        assertThat(reply.status()).as(reply.toString()).isNotEqualTo(500);
    }

    @Test
    void pathParametersAreNoReasonToRefuseAnIdentity() {
        assertAlice(bearer("/api/echo;jsessionid=0123", alice()));
        assertAlice(bearer("/api/echo;color=red/x", alice()));
    }

    @Test
    void oddHeadersAreRefused() {
        String token = alice();
        String[] odd = {
            "Authorization: Bearer " + "x".repeat(64 * 1024),
            "Authorization: Bearer " + token + "\0",
            "Authorization: Bearer \0" + token,
            "Authorization: Bearer " + token + "\u00e9",
            "Authorization: B\u00e9arer " + token,
            "Authorization: Bearer\u00a0" + token,
            "Authorization: Bearer " + token + " x",
            "Authorization: Bearer " + token + ", Bearer " + token,
            "Authorization: \u00ff",
            "Authorization : Bearer " + token,
            "Authorization\0: Bearer " + token,
            "X-Other: 1\r\n Authorization: Bearer " + token
        };
        for (String header : odd) {
            Reply reply = get("/api/echo", header);
            assertThat(isReached(reply)).as(header + " " + reply).isFalse();
            assertThat(reply.status()).as(header + " " + reply).isNotEqualTo(500);
        }
    }

    // other dispatches

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=forward&to=/api/x",
                "do=forward&to=/open/x",
                "do=forward&to=/api/admin/x",
                "do=forward-wrapped&to=/open/x",
                "do=include&to=/open/x",
                "do=include&to=/api/x",
                "do=async-dispatch&to=/api/x",
                "do=async-dispatch&to=/open/x",
                "do=async-dispatch-pair&to=/open/x",
                "do=async-dispatch-wrapped&to=/open/x",
                "do=async-redispatch"
            })
    void laterDispatchesKeepTheIdentity(String query) {
        Reply reply = bearer("/api/start?" + query, alice());
        assertAlice(reply);
        assertThat(reply.body())
                .contains("session=alice\n", "wrappers=1\n", "auth=Bearer\n")
                .doesNotContain("dispatch=REQUEST");
    }

    /** The identity travels with the request as wrapped, which must not change where it is dispatched to. */
    @Test
    void aRedispatchKeepsThePath() {
        String path = "/a%20b%C3%A9/c?do=async-redispatch";
        String without = get("/open" + path).body().lines().toList().get(1);
        String with = bearer("/api" + path, alice()).body().lines().toList().get(1);
        assertThat(with).startsWith("path=/api/a b").isEqualTo(without.replace("/open/", "/api/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=forward&to=/api/x",
                "do=forward-wrapped&to=/api/x",
                "do=include&to=/api/x",
                "do=async-dispatch&to=/api/x",
                "do=async-redispatch"
            })
    void laterDispatchesGainNoIdentity(String query) {
        Reply reply = bearer("/open/start?" + query, alice());
        assertAnonymous(reply);
        assertThat(reply.body()).doesNotContain("dispatch=REQUEST");
        assertAnonymous(get("/api/public/start?" + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-error", "throw"})
    void theErrorPageNeitherLosesNorGainsTheIdentity(String step) {
        Reply reply = bearer("/api/start?do=" + step, alice());
        assertThat(reply.status()).isIn(418, 500);
        assertThat(reply.body())
                .contains("dispatch=ERROR\n", "principal=alice\n", "user=alice\n", "session=alice\n", "wrappers=1\n");
        Reply stranger = bearer("/open/start?do=" + step, alice());
        assertThat(stranger.status()).isIn(418, 500);
        assertThat(stranger.body()).contains("dispatch=ERROR\n");
        assertAnonymous(stranger);
    }

    /** Whether there is a page depends on which thread is first: the server's, which leaves, or the other. */
    @Test
    void theErrorPageOfAnAsynchronousRequestNeitherLosesNorGainsTheIdentity() {
        Reply reply = bearer("/api/start?do=async-error", alice());
        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).doesNotContain("principal=null");
        Reply stranger = bearer("/open/start?do=async-error", alice());
        assertThat(stranger.status()).isEqualTo(418);
        assertThat(stranger.body()).doesNotContain("alice");
    }

    @Test
    void aRefusalAsksForNoErrorPage() {
        assertThat(get("/api/start?do=send-error").body()).isEqualTo("{\"error\":\"unauthorized\"}");
    }

    @Test
    void anAsynchronousThreadHasTheIdentity() {
        assertThat(bearer("/api/start?do=async-thread", root()).body())
                .isEqualTo("principal=root\nuser=root\nadmin=true\n");
    }

    @Test
    void logoutEndsTheSessionAndTheRequestsIdentity() {
        String token = alice();
        Reply reply = bearer("/api/start?do=account", token);
        assertThat(reply.body())
                .contains(
                        "authenticate=true\n", "login=LOCKSTEP-0404", "principal=null\n", "user=null\n", "auth=null\n")
                .contains("admin=false\n", "anyone=false\n", "session=null\n");
        assertInvalid(bearer("/api/echo", token));
    }

    // what they are made of

    protected Reply get(String path, String... headers) {
        return send("GET", path, headers);
    }

    protected Reply bearer(String path, String token) {
        return get(path, "Authorization: Bearer " + token);
    }

    protected Reply send(String method, String path, String... headers) {
        return RawHttp.send(port(), method, context() + path, headers);
    }

    private String alice() {
        return open("alice", "user");
    }

    private String root() {
        return open("root", "user", "admin");
    }

    private static void assertRefused(Reply reply, int status, String challenge) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.headers("WWW-Authenticate")).containsExactly(challenge);
        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        assertThat(reply.headers("Content-Type")).singleElement().asString().startsWith("application/json");
    }

    private static void assertInvalid(Reply reply) {
        assertRefused(reply, 401, CHALLENGE + ", error=\"invalid_token\"");
        assertThat(reply.body()).isEqualTo("{\"error\":\"invalid_token\"}");
    }

    private static void assertAlice(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.body()).contains("principal=alice\n", "user=alice\n");
    }

    private static void assertAnonymous(Reply reply) {
        assertThat(reply.body())
                .contains("principal=null\n", "user=null\n", "auth=null\n", "anyone=false\n", "session=null\n")
                .contains("wrappers=0\n");
    }

    /** The probe may answer, but not as the protected part of the application. */
    private static void assertUnreached(String path, Reply reply) {
        assertThat(isReached(reply)).as(path + " " + reply).isFalse();
    }

    private static boolean isReached(Reply reply) {
        String body = reply.body().toLowerCase(Locale.ROOT);
        return body.contains("path=/api") || body.contains("path=/exact");
    }

    private static String swapCase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }
}
