package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.docs.Block;
import dev.lockstep.it.web.WebSocketClient;
import java.net.http.HttpResponse;
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
class ContainerSecurityIT {

    private static final GuardedApplication APPLICATION = new GuardedApplication("guarded");

    private static final Block ROLES = Block.printed("docs/howto/container-security.md", "xml", 1);
    private static final Block RUN_AS = Block.printed("docs/howto/container-security.md", "xml", 2);

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION
                .war()
                .addAsWebInfResource(new StringAsset(ROLES.text()), "glassfish-web.xml")
                .addAsWebInfResource(new StringAsset(RUN_AS.text()), "glassfish-ejb-jar.xml");
    }

    @ParameterizedTest
    @CsvSource({
        "api/admin, admin",
        "api/anyone, anyone",
        "api/ejb, admin",
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
        "api/anyone, 200"
    })
    void whoIsNotIsRefused(String path, int status) {
        assertThat(APPLICATION.as(APPLICATION.alice(), path).statusCode()).isEqualTo(status);
    }

    @Test
    void anEjbRefusesWhoIsNotInTheGroup() {
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/ejb").body()).isEqualTo("denied");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/runas").body()).isEqualTo("admin");
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
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/roles").body())
                .isEqualTo("request=false rest=false security=false ejb=false");
        assertThat(APPLICATION.as(APPLICATION.root(), "api/roles").body())
                .isEqualTo("request=true rest=true security=true ejb=true");
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
        assertThat(APPLICATION.as(token, "api/logout").body()).isEqualTo("principal=none current=none");
        assertThat(APPLICATION.as(token, "api/who").statusCode()).isEqualTo(401);
    }

    @Test
    void whoCannotBeAskedForIsAskedToComeBack() {
        String token = APPLICATION.alice();
        APPLICATION.backdoor().withoutStore(() -> {
            HttpResponse<String> response = APPLICATION.as("A".repeat(43), "api/who");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("2");
        });
        assertThat(APPLICATION.as(token, "api/who").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"api/executor", "api/stage"})
    void managedTasksRunAsTheCaller(String path) {
        assertThat(APPLICATION.as(APPLICATION.alice(), path).body()).isEqualTo("ejb=alice");
    }

    @Test
    void aBeanOfCdiRefusesWhoIsNotInTheGroup() {
        assertThat(APPLICATION.as(APPLICATION.root(), "api/bean").body()).isEqualTo("admin");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/bean").body()).isEqualTo("denied");
    }

    @Test
    void aRoleMayHaveTheNameThatADirectoryGivesAGroup() {
        String ops = APPLICATION.backdoor().open("olga", "cn=ops,ou=people");
        assertThat(APPLICATION.as(ops, "api/ops/resource").body()).isEqualTo("ops");
        assertThat(APPLICATION.as(APPLICATION.root(), "api/ops/resource").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aWebSocketKnowsWhoOpenedIt() {
        try (WebSocketClient socket = APPLICATION.socket(APPLICATION.alice())) {
            assertThat(socket.ask("x")).isEqualTo("handshake=alice true principal=alice");
        }
    }

    @Test
    void anAsynchronousServletKnowsTheCallerInItsOtherThreads() {
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/asynchronous").body())
                .isEqualTo("request=alice user=true");
    }

    @Test
    void observersAreToldOfARefusalOnce() {
        APPLICATION.get("api/refused");
        APPLICATION.as("A".repeat(43), "api/refused");
        await().untilAsserted(() -> assertThat(
                        APPLICATION.get("api/open/refusals").body().lines().filter(line -> line.endsWith("/refused")))
                .containsExactly("MISSING /api/refused", "INVALID_TOKEN /api/refused"));
    }

    /** The server remembers nobody: each request is asked for its own token. */
    @Test
    void aCookieStandsForNobody() {
        HttpResponse<String> first = APPLICATION.as(APPLICATION.root(), "api/cookie");
        String cookie = first.headers().allValues("Set-Cookie").stream()
                .map(each -> each.split(";")[0])
                .collect(Collectors.joining("; "));
        assertThat(cookie).isNotEmpty();
        assertThat(APPLICATION.get("api/who", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(APPLICATION.get("annotated", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(APPLICATION.get("api/open/who", "Cookie", cookie).body())
                .doesNotContain("root")
                .contains("request=none");
        String alice = "Bearer " + APPLICATION.alice();
        assertThat(APPLICATION
                        .get("api/who", "Cookie", cookie, "Authorization", alice)
                        .body())
                .contains("request=alice", "ejb=alice");
    }

    @Test
    void anEventStreamIsOpenedByTheCaller() {
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/events").body()).contains("data: before=alice");
    }
}
