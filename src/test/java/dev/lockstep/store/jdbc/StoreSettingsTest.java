package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be set of a store, and what is refused. */
class StoreSettingsTest {

    private static final StoreSettings DEFAULTS = StoreSettings.DEFAULTS;

    @Test
    void whereNothingIsSetTheDefaultsAreRead() {
        assertThat(StoreSettings.read(new MapSettings(Map.of())))
                .isEqualTo(DEFAULTS)
                .isEqualTo(new StoreSettings(Duration.ofSeconds(5), 16, 4096, SchemaMode.MIGRATE));
    }

    @Test
    void whatIsSetIsRead() {
        MapSettings settings = new MapSettings(
                Map.of("store.timeout", "2s", "store.threads", "5", "store.queue", "1", "store.schema", "validate"));

        assertThat(StoreSettings.read(settings))
                .isEqualTo(new StoreSettings(Duration.ofSeconds(2), 5, 1, SchemaMode.VALIDATE));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void eachIsReplacedByItself() {
        assertThat(DEFAULTS.withTimeout(Duration.ofSeconds(1)))
                .isEqualTo(new StoreSettings(Duration.ofSeconds(1), 16, 4096, SchemaMode.MIGRATE));
        assertThat(DEFAULTS.withThreads(6))
                .isEqualTo(new StoreSettings(Duration.ofSeconds(5), 6, 4096, SchemaMode.MIGRATE));
        assertThat(DEFAULTS.withQueue(7))
                .isEqualTo(new StoreSettings(Duration.ofSeconds(5), 16, 7, SchemaMode.MIGRATE));
        assertThat(DEFAULTS.withSchema(SchemaMode.NONE))
                .isEqualTo(new StoreSettings(Duration.ofSeconds(5), 16, 4096, SchemaMode.NONE));
    }

    @Test
    void theLeastIsAcceptedAndLessIsRefused() {
        assertThat(DEFAULTS.withTimeout(Duration.ofMillis(1)).timeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(DEFAULTS.withThreads(5).threads()).isEqualTo(5);
        assertThat(DEFAULTS.withQueue(1).queue()).isEqualTo(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withTimeout(Duration.ofNanos(999_999)))
                .withMessageStartingWith("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withThreads(4))
                .withMessageStartingWith("threads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withQueue(0))
                .withMessageStartingWith("queue");
    }
}
