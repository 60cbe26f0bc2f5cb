package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.store.jdbc.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which channel a deployment has. */
class ChosenChannelTest {

    @Test
    void onPostgresqlThereIsOneWithoutBeingAskedFor() {
        assertChannel(Map.of(), true);
    }

    @Test
    void itCanBeAskedFor() {
        assertChannel(Map.of("lockstep.channel", "postgresql"), true);
    }

    @Test
    void itCanBeDoneWithout() {
        assertChannel(Map.of("lockstep.channel", "none"), false);
    }

    @Test
    void anotherDatabaseHasNone() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.channel", "postgresql"))
                        .close())
                .hasMessageContaining("LOCKSTEP-0016 lockstep.channel is postgresql");
    }

    private static void assertChannel(Map<String, String> settings, boolean there) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "lockstep.store.url",
                "jdbc:postgresql://127.0.0.1:" + TestDatabase.postgresPort() + "/" + TestDatabase.createPostgres());
        all.put("lockstep.store.user", "postgres");
        try (SeApplication application = SeApplication.start(all)) {
            if (there) {
                await().until(() ->
                        application.deployment().status().now().channel().up());
            } else {
                assertThat(application.deployment().status().now().channel().up())
                        .isFalse();
            }
        }
    }
}
