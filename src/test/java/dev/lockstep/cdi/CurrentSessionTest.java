package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CurrentSession;
import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import jakarta.enterprise.context.control.RequestContextController;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CurrentSessionTest {

    @Test
    void whereThereIsNoRequestThereIsNoSession() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            assertEmpty(application.get(CurrentSession.class));
        }
    }

    @Test
    void itIsThatOfTheRequestThatTheThreadServes() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            CurrentSession current = application.get(CurrentSession.class);
            IssuedToken issued = application.get(SessionManager.class).open("alice", Set.of());
            RequestContextController request = application.get(RequestContextController.class);

            request.activate();
            assertEmpty(current);
            application.get(RequestSession.class).establish(issued.session(), issued.token());

            assertThat(current.require()).isEqualTo(issued.session());
            assertThat(current.token()).contains(issued.token());
            CompletableFuture.runAsync(() -> assertEmpty(current)).join();
            request.deactivate();
            assertEmpty(current);
        }
    }

    private static void assertEmpty(CurrentSession current) {
        assertThat(current.session()).isEmpty();
        assertThat(current.token()).isEmpty();
        assertThatThrownBy(current::require)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("LOCKSTEP-0401 ");
    }
}
