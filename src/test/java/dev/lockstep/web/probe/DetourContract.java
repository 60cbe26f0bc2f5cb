package dev.lockstep.web.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A first part of {@link FilterContract}: no spelling of a path or a header gets around the filter.
 */
abstract class DetourContract extends FilterScenario {

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
        String context = site().context();
        List<String> targets = List.of(
                "http://127.0.0.1:" + site().port() + context + path,
                "/" + context + path,
                "/." + context + path,
                "/x/.." + context + path,
                "/x/..;" + context + path,
                context + "/x/../.." + context + path,
                context + ";x" + path);
        for (String target : targets) {
            assertUnreached(path, RawHttp.send(site().port(), "GET", target));
        }
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

    /** The probe may answer, but not as the protected part of the application. */
    private static void assertUnreached(String path, Reply reply) {
        assertThat(isReached(reply)).as(path + " " + reply).isFalse();
    }
}
