package dev.lockstep.it.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import dev.lockstep.it.web.BackdoorServlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose session tasks see where the application has the file that docs/howto/protect.md prints. */
@ExtendWith(ArquillianExtension.class)
class TasksWildFlyIT {

    private static final String NAME = "tasks";
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 100;
    private static final Backdoor BACKDOOR = new Backdoor(NAME);

    @Deployment(testable = false)
    static WebArchive application() {
        return ContextProviderFile.addTo(Deployments.war(
                NAME,
                Map.of("lockstep.web.protect", "/api/*", "lockstep.web.permit", "/api/open/*"),
                BackdoorServlet.class,
                IdentityResources.class,
                IdentityResources.RestApplication.class,
                TaskResources.class));
    }

    @ParameterizedTest
    @CsvSource({
        "executor, current=alice",
        "contextual, current=alice",
        "defined, current=alice",
        "cleared, current=none",
        "thread, current=none",
        "stage, current=alice later=alice",
        "suspended, current=alice later=alice",
    })
    void tasksSeeTheSessionOfTheRequestThatSubmittedThem(String path, String seen) {
        assertThat(get(path, token("alice"))).isEqualTo(seen);
    }

    @Test
    void theTaskThatWritesAnEventStreamSeesTheSession() {
        assertThat(get("events", token("alice"))).contains("data: current=alice later=alice");
    }

    /** On the few threads that all requests' tasks share. */
    @Test
    void noTaskSeesAnotherOnesSession() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String principal = "user" + i;
                all.add(() -> seesOnly(principal));
            }
            for (Future<Void> each : clients.invokeAll(all)) {
                each.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    private static Void seesOnly(String principal) {
        String token = token(principal);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(get("executor", token)).isEqualTo("current=" + principal);
            assertThat(Http.to(NAME).get("api/open/executor").body()).isEqualTo("current=none");
        }
        return null;
    }

    private static String get(String path, String token) {
        return Http.to(NAME)
                .get("api/" + path, "Authorization", "Bearer " + token)
                .body();
    }

    private static String token(String principal) {
        return BACKDOOR.open(principal, "user");
    }
}
