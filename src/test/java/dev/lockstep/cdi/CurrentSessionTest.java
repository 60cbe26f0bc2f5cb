package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CurrentSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentSessionTest {

    @Test
    void whereThereIsNoRequestThereIsNoSession() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            assertEmpty(application.get(CurrentSession.class));
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
