package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.monitoring.NodeSnapshot.ChannelState;
import dev.lockstep.store.jdbc.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which channel a deployment has. */
class ChosenChannelTest {

    /** Nobody is there, and nobody is needed. */
    private static final String AWAY = "redis://127.0.0.1:1";

    private static final Map<String, String> REDIS = Map.of("lockstep.cache", "redis", "lockstep.redis.uri", AWAY);

    @Test
    void onPostgresqlThereIsOneWithoutBeingAskedFor() {
        assertUp("postgresql", Map.of());
    }

    @Test
    void itCanBeAskedFor() {
        assertUp("postgresql", Map.of("lockstep.channel", "postgresql"));
    }

    @Test
    void itCanBeDoneWithout() {
        try (SeApplication application = onPostgresql(Map.of("lockstep.channel", "none"))) {
            assertThat(channel(application).name()).isEqualTo("none");
            assertThat(channel(application).pokes()).isFalse();
            assertThat(channel(application).up()).isFalse();
        }
    }

    /** It needs a message less. */
    @Test
    void theDatabasesIsPreferredToThatOfTheCache() {
        assertThat(chosenBeside(REDIS, true)).isEqualTo("postgresql");
    }

    @Test
    void thatOfTheCacheIsChosenWhereTheDatabaseHasNone() {
        assertThat(chosenBeside(REDIS, false)).isEqualTo("redis");
    }

    @Test
    void thatOfTheCacheCanBeAskedFor() {
        Map<String, String> asked = new HashMap<>(REDIS);
        asked.put("lockstep.channel", "redis");
        assertThat(chosenBeside(asked, true)).isEqualTo("redis");
    }

    @Test
    void oneCanBeChosenThatDoesNotGoWithTheCache() {
        assertThat(chosenBeside(Map.of("lockstep.channel", "redis", "lockstep.redis.uri", AWAY), true))
                .isEqualTo("redis");
    }

    private static String chosenBeside(Map<String, String> settings, boolean postgresql) {
        try (SeApplication application = postgresql ? onPostgresql(settings) : SeApplication.start(settings)) {
            return channel(application).name();
        }
    }

    @Test
    void anotherDatabaseHasNone() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.channel", "postgresql"))
                        .close())
                .hasMessageContaining("LOCKSTEP-0016 lockstep.channel is postgresql");
        try (SeApplication application = SeApplication.start(Map.of())) {
            assertThat(channel(application).name()).isEqualTo("none");
        }
    }

    /** By the first line of the log, and by the status. */
    private static void assertUp(String name, Map<String, String> settings) {
        try (CapturedLog log = new CapturedLog(LockstepDeployment.class.getName());
                SeApplication application = onPostgresql(settings)) {
            assertThat(log.messages())
                    .anyMatch(message ->
                            message.startsWith("LOCKSTEP-0500") && message.contains(", channel " + name + "."));
            assertThat(channel(application).name()).isEqualTo(name);
            assertThat(channel(application).pokes()).isTrue();
            await().until(() -> channel(application).up());
        }
    }

    private static ChannelState channel(SeApplication application) {
        return application.deployment().status().now().channel();
    }

    private static SeApplication onPostgresql(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "lockstep.store.url",
                "jdbc:postgresql://127.0.0.1:" + TestDatabase.postgresPort() + "/" + TestDatabase.createPostgres());
        all.put("lockstep.store.user", "postgres");
        return SeApplication.start(all);
    }
}
