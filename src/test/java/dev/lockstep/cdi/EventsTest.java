package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import dev.lockstep.SessionRevoked;
import dev.lockstep.SessionRotated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private final String url = "jdbc:h2:mem:events" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";

    @BeforeEach
    void forget() {
        Observer.EVENTS.clear();
    }

    @Test
    void whatHappensToASessionIsTold() {
        try (SeApplication application = start(Observer.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
            sessions.revoke(rotated.token());

            await().untilAsserted(() -> assertThat(Observer.EVENTS)
                    .hasExactlyElementsOfTypes(SessionOpened.class, SessionRotated.class, SessionRevoked.class));
            SessionRevoked revoked = (SessionRevoked) Observer.EVENTS.get(2);
            assertThat(revoked.sessionId()).isEqualTo(issued.session().id());
            assertThat(revoked.principal()).isEqualTo("alice");
        }
    }

    @Test
    void anotherNodesObserversAreToldOnce() {
        try (SeApplication here = start(Observer.class)) {
            assertThat(here.get(SessionManager.class)).isNotNull();
            try (SeApplication there = start()) {
                SessionManager sessions = there.get(SessionManager.class);
                IssuedToken issued = sessions.open("alice", Set.of());

                sessions.revoke(issued.token());
                sessions.revoke(issued.token());

                await().untilAsserted(
                                () -> assertThat(Observer.EVENTS).hasExactlyElementsOfTypes(SessionRevoked.class));
                await().during(Duration.ofMillis(600)).until(() -> Observer.EVENTS.size() == 1);
            }
        }
    }

    @Test
    void anObserverThatFailsStopsNothing() {
        try (SeApplication application = start(Failing.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());

            sessions.revoke(issued.token());

            assertThat(sessions.find(issued.token())).isEmpty();
        }
    }

    private SeApplication start(Class<?>... beans) {
        return SeApplication.start(Map.of("lockstep.store.url", url, "lockstep.lease", "400ms"), beans);
    }

    @ApplicationScoped
    static class Observer {

        static final List<Object> EVENTS = new CopyOnWriteArrayList<>();

        void opened(@Observes SessionOpened event) {
            EVENTS.add(event);
        }

        void rotated(@Observes SessionRotated event) {
            EVENTS.add(event);
        }

        void revoked(@Observes SessionRevoked event) {
            EVENTS.add(event);
        }
    }

    @ApplicationScoped
    static class Failing {

        void opened(@Observes SessionOpened event) {
            throw new IllegalStateException("an observer of a test");
        }

        void revoked(@Observes SessionRevoked event) {
            throw new IllegalStateException("an observer of a test");
        }
    }
}
