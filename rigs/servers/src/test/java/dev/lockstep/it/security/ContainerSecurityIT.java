package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import java.net.http.HttpResponse;
import java.util.Map;
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

    private static final String NAME = "guarded";
    private static final Backdoor BACKDOOR = new Backdoor(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return Deployments.war(
                        NAME,
                        Map.of(
                                "lockstep.security", "container",
                                "lockstep.web.protect", "/api/*",
                                "lockstep.web.permit", "/api/open/*"),
                        BackdoorServlet.class,
                        GuardedResources.class,
                        GuardedResources.RestApplication.class,
                        GuardedEjb.class,
                        AdminEjb.class,
                        OnlyAdminsEjb.class,
                        ConstrainedServlet.class)
                .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml");
    }

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>constrained</web-resource-name>
                  <url-pattern>/api/constrained/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>admin</role-name></auth-constraint>
              </security-constraint>
              <security-role><role-name>admin</role-name></security-role>
              <security-role><role-name>user</role-name></security-role>
            </web-app>
            """;

    @ParameterizedTest
    @CsvSource({"api/admin, admin", "api/anyone, anyone", "api/ejb, admin", "annotated, root"})
    void whoIsInTheGroupIsLetIn(String path, String answer) {
        HttpResponse<String> response = as(root(), path);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"api/admin, 403", "annotated, 403", "api/constrained/x, 403", "api/anyone, 200"})
    void whoIsNotIsRefused(String path, int status) {
        assertThat(as(alice(), path).statusCode()).isEqualTo(status);
    }

    @Test
    void anEjbRefusesWhoIsNotInTheGroup() {
        assertThat(as(alice(), "api/ejb").body()).isEqualTo("denied");
        assertThat(as(alice(), "api/runas").body()).isEqualTo("admin");
    }

    @ParameterizedTest
    @CsvSource({"api/admin", "api/who", "annotated", "api/constrained/x"})
    void withoutATokenThereIsAChallenge(String path) {
        HttpResponse<String> response = Http.to(NAME).get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"lockstep\"");
    }

    @Test
    void everyoneKnowsTheCaller() {
        assertThat(as(alice(), "api/who").body())
                .isEqualTo(
                        "current=alice request=alice remote=alice rest=alice security=alice injected=alice ejb=alice");
        assertThat(as(alice(), "api/open/who").body())
                .isEqualTo(
                        "current=alice request=alice remote=alice rest=alice security=alice injected=alice ejb=alice");
        assertThat(as(alice(), "api/roles").body()).isEqualTo("request=false rest=false security=false ejb=false");
        assertThat(as(root(), "api/roles").body()).isEqualTo("request=true rest=true security=true ejb=true");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        String token = root();
        assertThat(as(token, "api/admin").statusCode()).isEqualTo(200);
        BACKDOOR.revoke(token);
        HttpResponse<String> response = as(token, "api/admin");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"lockstep\", error=\"invalid_token\"");
    }

    @Test
    void aLogoutTakesTheCallerFromTheRequestAndEndsTheSession() {
        String token = alice();
        assertThat(as(token, "api/logout").body()).isEqualTo("principal=none current=none");
        assertThat(as(token, "api/who").statusCode()).isEqualTo(401);
    }

    @Test
    void whoCannotBeAskedForIsAskedToComeBack() {
        String token = alice();
        BACKDOOR.withoutStore(() -> {
            HttpResponse<String> response = as("A".repeat(43), "api/who");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("2");
        });
        assertThat(as(token, "api/who").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"api/executor", "api/stage"})
    void managedTasksRunAsTheCaller(String path) {
        assertThat(as(alice(), path).body()).isEqualTo("ejb=alice");
    }

    @Test
    void anEventStreamIsOpenedByTheCaller() {
        assertThat(as(alice(), "api/events").body()).contains("data: before=alice");
    }

    private static HttpResponse<String> as(String token, String path) {
        return Http.to(NAME).get(path, "Authorization", "Bearer " + token);
    }

    private static String root() {
        return BACKDOOR.open("root", "user", "admin");
    }

    private static String alice() {
        return BACKDOOR.open("alice", "user");
    }
}
