package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CurrentSession;
import dev.lockstep.IssuedToken;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionRevoked;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A container without portable extensions; Quarkus itself is in {@code rigs/quarkus}. */
class LockstepLiteExtensionTest {

    @Test
    void aSessionIsOpenedFoundAndRevoked() {
        try (SeApplication application = SeApplication.startLite(Map.of(), Watcher.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of("user"));

            assertThat(sessions.find(issued.token())).isPresent();
            sessions.revoke(issued.token());
            assertThat(sessions.find(issued.token())).isEmpty();
            await().untilAsserted(() ->
                    assertThat(application.get(Watcher.class).revoked()).containsExactly("alice"));
            assertThat(application.get(CurrentSession.class).session()).isEmpty();
            assertThat(application.get(SessionConnections.class)).isNotNull();
        }
    }

    @Test
    void theApplicationsOwnObserversOfItsStartAndItsEndHaveSessions() {
        List<String> seen;
        try (SeApplication application = SeApplication.startLite(Map.of(), Watcher.class)) {
            seen = application.get(Watcher.class).seen();
            assertThat(seen).containsExactly("start");
        }
        assertThat(seen).containsExactly("start", "end");
    }

    @Test
    void theEndOfTheApplicationEndsIt() {
        SessionManager sessions;
        try (SeApplication application = SeApplication.startLite(Map.of())) {
            sessions = application.get(LiteDeployment.class).deployment().manager();
        }
        assertThatThrownBy(() -> sessions.open("alice", Set.of())).hasMessageContaining("LOCKSTEP-");
    }

    @Test
    void theApplicationsOwnStoreIsUsed() {
        try (SeApplication application = SeApplication.startLite(Map.of(), OwnStore.class)) {
            application.get(SessionManager.class).open("alice", Set.of());

            assertThat(application.get(SessionStore.class).list("alice")).hasSize(1);
        }
    }

    @Test
    void everyProblemIsTold() {
        assertThatThrownBy(() -> SeApplication.startLite(Map.of(
                                "lockstep.cache", "nothing",
                                "lockstep.lease", "soon",
                                "lockstep.security", "container"))
                        .close())
                .hasStackTraceContaining("Lockstep can't be deployed:")
                .hasStackTraceContaining("LOCKSTEP-0001 lockstep.lease")
                .hasStackTraceContaining("LOCKSTEP-0003 There is no cache named \"nothing\"")
                .hasStackTraceContaining("LOCKSTEP-0523 lockstep.security is container");
    }

    @Test
    void pathsThatNothingServesAreAProblem() {
        assertThatThrownBy(() -> SeApplication.startLite(Map.of("lockstep.web.protect", "/api/*"))
                        .close())
                .hasStackTraceContaining("LOCKSTEP-0010 lockstep.web.protect is [/api/*], but nothing here serves it");
    }

    /** Notes when it could use the session manager. */
    @ApplicationScoped
    static class Watcher {
        private final List<String> seen = new ArrayList<>();
        private final List<String> revoked = new CopyOnWriteArrayList<>();

        @Inject
        SessionManager sessions;

        void start(@Observes Startup event) {
            sessions.open("start", Set.of());
            seen.add("start");
        }

        void end(@Observes Shutdown event) {
            sessions.open("end", Set.of());
            seen.add("end");
        }

        void revoked(@Observes SessionRevoked event) {
            revoked.add(event.principal());
        }

        List<String> seen() {
            return seen;
        }

        List<String> revoked() {
            return revoked;
        }
    }

    /** Has a store of its own. */
    @ApplicationScoped
    static class OwnStore {
        @Produces
        @ApplicationScoped
        SessionStore store() {
            return new NaiveStore();
        }
    }
}
