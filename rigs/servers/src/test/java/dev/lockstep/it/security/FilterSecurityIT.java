package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.web.WebSocketClient;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With lockstep.security=filter the container doesn't know who calls: what each server makes of
 * that. docs/howto/container-security.md has the same table.
 */
@ExtendWith(ArquillianExtension.class)
class FilterSecurityIT {

    private static final GuardedApplication APPLICATION = new GuardedApplication("filtered");

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION.warWithFilter();
    }

    /** RESTEasy goes by the request, which knows its groups; Payara by what the container knows. */
    @ParameterizedTest
    @CsvSource({
        "api/admin, 200 admin, 403",
        "api/reports, 200 reports for anonymous, 403",
        "api/anyone, 200 anyone, 200 anyone",
        "api/ops/resource, 403, 403",
    })
    void aResourceIsGuardedByGroupsOnWildFlyAndClosedOnPayara(String path, String toRoot, String toAlice) {
        boolean isPayara = GuardedApplication.isPayara();
        assertThat(shown(APPLICATION.as(APPLICATION.root(), path))).isEqualTo(isPayara ? "401" : toRoot);
        assertThat(shown(APPLICATION.as(APPLICATION.alice(), path))).isEqualTo(isPayara ? "401" : toAlice);
    }

    /** Whoever is in the group, and whoever is not. */
    @ParameterizedTest
    @CsvSource({
        "api/bean, 200 admin, 200 admin",
        "api/ejb, 200 denied, 200 denied",
        "api/runas, 200 admin, 200 denied",
        "api/annotated, 500, 401",
        "api/constrained/x, 500, 401",
        "annotated, 500, 401",
    })
    void groupsMakeNoDifferenceToTheContainer(String path, String onWildFly, String onPayara) {
        String expected = GuardedApplication.isPayara() ? onPayara : onWildFly;
        assertThat(shown(APPLICATION.as(APPLICATION.root(), path))).isEqualTo(expected);
        assertThat(shown(APPLICATION.as(APPLICATION.alice(), path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"api/who", "api/open/who"})
    void onlyTheRequestKnowsTheCaller(String path) {
        String server = GuardedApplication.isPayara()
                ? "security=none injected=alice ejb=alice"
                : "security=anonymous injected=anonymous ejb=anonymous";
        assertThat(APPLICATION.as(APPLICATION.alice(), path).body())
                .isEqualTo("current=alice request=alice remote=alice rest=alice " + server);
    }

    @Test
    void onlyTheRequestKnowsItsGroups() {
        assertThat(APPLICATION.as(APPLICATION.root(), "api/roles").body())
                .isEqualTo("request=true rest=true security=false ejb=false");
    }

    @ParameterizedTest
    @CsvSource({
        "api/executor, ejb=anonymous, ejb=alice",
        "api/stage, ejb=anonymous, ejb=alice",
        "api/events, data: before=anonymous, data: before=none",
        "api/asynchronous, request=alice user=true, request=alice user=true",
    })
    void otherThreadsKnowWhatTheServerDoes(String path, String onWildFly, String onPayara) {
        String expected = GuardedApplication.isPayara() ? onPayara : onWildFly;
        assertThat(APPLICATION.as(APPLICATION.alice(), path).body().strip()).isEqualTo(expected);
    }

    @Test
    void aWebSocketKnowsWhoOpenedIt() {
        try (WebSocketClient socket = APPLICATION.socket(APPLICATION.alice())) {
            assertThat(socket.ask("x")).isEqualTo("handshake=alice true principal=alice");
        }
    }

    private static String shown(HttpResponse<String> response) {
        return response.statusCode() == 200 ? "200 " + response.body() : Integer.toString(response.statusCode());
    }
}
