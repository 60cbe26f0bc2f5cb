package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.docs.Block;
import dev.lockstep.it.Http;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With lockstep.security=container the container knows who calls, and in which groups. */
@ExtendWith(ArquillianExtension.class)
class ContainerSecurityIT extends SecurityOnServer {

    private static final GuardedApplication APPLICATION = new GuardedApplication("guarded");

    /** In the form of a token, so that the store must be asked about it. */
    private static final String UNKNOWN = "A".repeat(43);

    private static final Block ROLES = Block.printed("docs/howto/container-security.md", "xml", 1);
    private static final Block RUN_AS = Block.printed("docs/howto/container-security.md", "xml", 2);

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION
                .war()
                .addAsWebInfResource(new StringAsset(ROLES.text()), "glassfish-web.xml")
                .addAsWebInfResource(new StringAsset(RUN_AS.text()), "glassfish-ejb-jar.xml");
    }

    @Override
    GuardedApplication guarded() {
        return APPLICATION;
    }

    @Override
    String mode() {
        return "container";
    }

    @ParameterizedTest
    @CsvSource({
        "api/admin, admin",
        "api/anyone, anyone",
        "annotated, root",
        "api/annotated, root",
        "api/reports, reports for root"
    })
    void whoIsInTheGroupIsLetIn(String path, String answer) {
        HttpResponse<String> response = APPLICATION.as(APPLICATION.root(), path);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "api/admin, 403",
        "annotated, 403",
        "api/annotated, 403",
        "api/constrained/x, 403",
        "api/reports, 403",
        "api/inherited, 403",
        "api/anyone, 200"
    })
    void whoIsNotIsRefused(String path, int status) {
        assertThat(APPLICATION.as(APPLICATION.alice(), path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"api/admin", "api/who", "annotated", "api/constrained/x"})
    void withoutATokenThereIsAChallenge(String path) {
        HttpResponse<String> response = APPLICATION.get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"lockstep\"");
    }

    @Test
    void everyoneKnowsTheCaller() {
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/who").body())
                .isEqualTo(
                        "current=alice request=alice remote=alice rest=alice security=alice injected=alice ejb=alice");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/open/who").body())
                .isEqualTo(
                        "current=alice request=alice remote=alice rest=alice security=alice injected=alice ejb=alice");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        String token = APPLICATION.root();
        assertThat(APPLICATION.as(token, "api/admin").statusCode()).isEqualTo(200);
        APPLICATION.backdoor().revoke(token);
        HttpResponse<String> response = APPLICATION.as(token, "api/admin");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"lockstep\", error=\"invalid_token\"");
    }

    @Test
    void aLogoutTakesTheCallerFromTheRequestAndEndsTheSession() {
        String token = APPLICATION.alice();
        assertThat(APPLICATION.as(token, "api/logout").body())
                .startsWith("principal=none current=none")
                .doesNotContain("alice")
                .endsWith(" admin=false");
        assertThat(APPLICATION.as(token, "api/who").statusCode()).isEqualTo(401);
    }

    @Test
    void whoCannotBeAskedForIsAskedToComeBack() {
        String token = APPLICATION.alice();
        APPLICATION.backdoor().forget();
        APPLICATION.backdoor().withoutStore(() -> {
            for (String path : List.of("api/who", "api/constrained/x", "annotated")) {
                HttpResponse<String> response = APPLICATION.as(token, path);
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("2");
                assertThat(response.headers().allValues("WWW-Authenticate")).isEmpty();
            }
        });
        assertThat(APPLICATION.as(token, "api/who").statusCode()).isEqualTo(200);
    }

    @Test
    void aRoleMayHaveTheNameThatADirectoryGivesAGroup() {
        String ops = APPLICATION.backdoor().open("olga", "cn=ops,ou=people");
        assertThat(APPLICATION.as(ops, "api/ops/resource").body()).isEqualTo("ops");
        assertThat(APPLICATION.as(APPLICATION.root(), "api/ops/resource").statusCode())
                .isEqualTo(403);
    }

    /** Servers differ in which roles they know of. */
    @Test
    void aBeanMayAskForAnyGroupAndForAnyone() {
        String dev = APPLICATION.backdoor().open("olga", "cn=dev,ou=people");
        assertThat(APPLICATION.as(dev, "api/bean/developers").body()).isEqualTo("developers");
        assertThat(APPLICATION.as(APPLICATION.root(), "api/bean/developers").body())
                .isEqualTo("denied");
        assertThat(APPLICATION.as(dev, "api/bean/anyone").body()).isEqualTo("anyone");
        assertThat(APPLICATION.as(dev, "api/open/bean/anyone").body()).isEqualTo("anyone");
        assertThat(APPLICATION.get("api/open/bean/anyone").body()).isEqualTo("denied");
    }

    @Test
    void observersAreToldOfARefusalOnce() {
        APPLICATION.get("api/refused");
        APPLICATION.as(UNKNOWN, "api/refused");
        await().untilAsserted(() -> assertThat(
                        APPLICATION.get("api/open/refusals").body().lines().filter(line -> line.endsWith("/refused")))
                .containsExactly("MISSING /api/refused", "FORGED_TOKEN /api/refused"));
    }

    /** The server remembers nobody: each request is asked for its own token. */
    @Test
    void aCookieStandsForNobody() {
        for (String path : List.of("api/who", "api/admin", "api/constrained/x", "annotated")) {
            assertThat(APPLICATION.as(APPLICATION.root(), path).headers().allValues("Set-Cookie"))
                    .isEmpty();
        }
        HttpResponse<String> first = APPLICATION.as(APPLICATION.root(), "api/cookie");
        String cookie = first.headers().allValues("Set-Cookie").stream()
                .map(each -> each.split(";")[0])
                .collect(Collectors.joining("; "));
        assertThat(cookie).isNotEmpty();
        assertThat(APPLICATION.get("api/who", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(APPLICATION.get("annotated", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(APPLICATION
                        .get("annotated;" + cookie.toLowerCase(Locale.ROOT))
                        .statusCode())
                .isEqualTo(401);
        assertThat(APPLICATION.get("api/open/who", "Cookie", cookie).body())
                .doesNotContain("root")
                .contains("request=none");
        String alice = "Bearer " + APPLICATION.alice();
        assertThat(APPLICATION
                        .get("api/who", "Cookie", cookie, "Authorization", alice)
                        .body())
                .contains("request=alice", "ejb=alice");
    }

    /** The thread that served root may serve the next request, too. */
    @Test
    void noRequestSeesWhomAnotherOneCameFrom() {
        String root = APPLICATION.root();
        String alice = APPLICATION.alice();
        for (int i = 0; i < 20; i++) {
            assertThat(APPLICATION.as(root, "api/open/who").body()).contains("security=root", "ejb=root");
            assertThat(APPLICATION.get("api/open/who").body()).doesNotContain("root", "alice");
            assertThat(APPLICATION.as(alice, "api/open/who").body()).contains("security=alice", "ejb=alice");
        }
    }

    @ParameterizedTest
    @CsvSource({"api/who", "api/admin", "annotated", "api/constrained/x"})
    void anUnknownTokenIsRefusedByOneChallenge(String path) {
        HttpResponse<String> response = APPLICATION.as(UNKNOWN, path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"lockstep\", error=\"invalid_token\"");
    }

    /** What is permitted needs no token; what the container guards there, does. */
    @Test
    void aPermittedPathTakesABadTokenForNone() {
        assertThat(APPLICATION.as(UNKNOWN, "api/open/who").body())
                .contains("current=none request=none")
                .doesNotContain("root", "alice");
        assertThat(APPLICATION.get("api/open/who").body())
                .contains("current=none request=none")
                .doesNotContain("root", "alice");
        for (HttpResponse<String> response : List.of(
                APPLICATION.as(UNKNOWN, "api/open/admin"),
                APPLICATION.get("api/open/admin"),
                APPLICATION.as(APPLICATION.alice(), "api/open/admin"))) {
            assertThat(response.statusCode()).isIn(401, 403);
            assertThat(response.headers().allValues("WWW-Authenticate"))
                    .allMatch(challenge -> challenge.startsWith("Bearer "));
        }
        assertThat(APPLICATION.as(APPLICATION.root(), "api/open/admin").body()).isEqualTo("admin");
    }

    @Test
    void anApplicationMayAskForACaller() {
        HttpResponse<String> response = APPLICATION.get("api/open/authenticate");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"lockstep\"");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/open/authenticate").body())
                .isEqualTo("true alice");
    }

    @Test
    void aPasswordMakesNobodyACaller() {
        assertThat(APPLICATION.get("api/open/login").body()).startsWith("failed none");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/open/login").body())
                .startsWith("failed alice LOCKSTEP-0404");
    }

    @ParameterizedTest
    @CsvSource({"api/who", "api/admin", "api/constrained/x", "api/constrained;x/x"})
    void aPreflightOfAConstrainedPathIsAnswered(String path) {
        HttpResponse<String> allowed = preflight(path, "https://shop.example");
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://shop.example");
        assertThat(preflight(path, "https://elsewhere.example").statusCode()).isEqualTo(403);
        assertThat(APPLICATION
                        .get(path, "Origin", "https://shop.example")
                        .headers()
                        .allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://shop.example");
    }

    private static HttpResponse<String> preflight(String path, String origin) {
        Http http = Http.to(APPLICATION.name());
        return http.send(http.request(path, "Origin", origin, "Access-Control-Request-Method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @CsvSource({
        "api/constrained/x",
        "api/constrained",
        "api/constrained/",
        "api//constrained/x",
        "api/./constrained/x",
        "api/open/../constrained/x",
        "api/open/..;/constrained/x",
        "api/constrained;x/x",
        "api/CONSTRAINED/x",
        "api/%63onstrained/x",
        "api/constrained%2fx",
        "annotated;x",
        "./annotated",
        "/annotated",
        "%61nnotated"
    })
    void noSpellingGetsAroundAConstraint(String path) {
        for (String header : List.of("X: y", "Authorization: Bearer " + APPLICATION.alice())) {
            Reply reply = RawHttp.send(Http.port(), "GET", "/" + APPLICATION.name() + "/" + path, header);
            assertThat(reply.status()).as(reply.toString()).isIn(400, 401, 403, 404);
        }
    }
}
