package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the filter promises over HTTP, on whatever server: the probe deployed with
 * {@link ProbeConfig#CONFIG}. Here: who is let in, and how others are answered.
 */
public abstract class FilterContract extends CookieContract {

    /** In the form of a token, so that the store must be asked about it. */
    private static final String UNKNOWN = "A".repeat(43);

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
        String token = alice();
        forget();
        withoutStore(() -> {
            Reply reply = bearer("/api/confirmed/echo", token);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers("Retry-After"))
                    .singleElement()
                    .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
            assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
            assertThat(reply.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
            assertRefused(get("/api/confirmed/echo"), 401, CHALLENGE);
            assertThat(bearer("/api/public/echo", token).says("principal=null")).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "DELETE",
                "OPTIONS",
                "PATCH",
                "TRACE",
                "PROPFIND",
                "SEARCH",
                "QUERY",
                "FOO",
                "get",
                "options"
            })
    void noMethodReachesTheProtectedWithoutAToken(String method) {
        for (String path : List.of("/api/echo", "/api/admin/echo", "/api/confirmed/echo", "/exact", "/api//echo")) {
            for (String[] headers : disguises()) {
                Reply reply = send(method, path, join(headers, "Content-Length: 0"));
                assertThat(isReached(reply)).as(reply.toString()).isFalse();
                assertThat(reply.status())
                        .as(reply.toString())
                        .isNotEqualTo(101)
                        .isGreaterThanOrEqualTo(400);
            }
        }
    }

    /** Where CORS is not configured. */
    @Test
    void aPreflightIsARequestLikeAnyOther() {
        String[] preflight = preflight();
        assertRefused(send("OPTIONS", "/api/echo", preflight), 401, CHALLENGE);
        assertAlice(send("OPTIONS", "/api/echo", join(preflight, "Authorization: Bearer " + alice())));
        assertAnonymous(send("OPTIONS", "/api/public/echo", preflight));
        assertThat(send("OPTIONS", "/api/admin/echo", join(preflight, "Authorization: Bearer " + alice()))
                        .status())
                .isEqualTo(403);
        assertThat(send("OPTIONS", "/api/echo", preflight).headers())
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("access-control-"));
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
    void whatIsNotProtectedNeedsNoToken() {
        assertOutside(bearer("/open/echo", alice()));
        assertAnonymous(get("/open/echo"));
        assertThat(get("/exact").status()).isEqualTo(401);
        assertThat(get("/exact/").status()).isEqualTo(401);
    }

    private static String swapCase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }
}
