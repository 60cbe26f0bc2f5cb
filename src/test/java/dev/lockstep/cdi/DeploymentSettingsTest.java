package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.config.KnownKeys;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentSettingsTest {

    private final Problems problems = new Problems();

    /**
     * One that is read but not declared is taken for unknown, and one that is declared but not read
     * does nothing.
     */
    @Test
    void whatIsReadIsWhatIsDeclared() {
        Set<String> asked = new TreeSet<>();
        DeploymentSettings.read(settings(new Asked(asked)));

        assertThat(DeploymentSettings.SETTINGS)
                .extracting(setting -> KnownKeys.PREFIX + setting.name())
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void withoutConfigurationEverythingIsAsDeclared() {
        DeploymentSettings settings = DeploymentSettings.read(settings(source(Map.of())));

        assertThat(problems.messages()).isEmpty();
        assertThat(settings.cache().name()).isEqualTo("memory");
        assertThat(settings.session().idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.session().revocation().poll()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.dataSource()).hasToString("java:comp/DefaultDataSource");
    }

    @Test
    void whatDependsOnAnotherSettingFollowsIt() {
        DeploymentSettings settings = DeploymentSettings.read(
                settings(source(Map.of("lockstep.lease", "1s", "lockstep.session.absolute-timeout", "10m"))));

        assertThat(problems.messages()).isEmpty();
        assertThat(settings.session().revocation().poll()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.session().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    /**
     * A source may change between two readings: parts of one deployment would see different values.
     */
    @Test
    void aPropertyIsReadOnceWhoeverAsksForIt() {
        Setting<String> uri = Setting.of("uri", Values.text("a text"), "none", "of this test");
        PrefixedSettings settings = settings(new Changing());

        String first = settings.of("backend").get(uri);
        assertThat(settings.of("backend").get(uri)).isEqualTo(first).isNotEqualTo("none");
    }

    /** Whatever is wrong with it; what describes it may be told. */
    @ParameterizedTest
    @ValueSource(strings = {"tls.key-password", "sentinel-password", "secret", "passphrase"})
    void aSecretIsNotTold(String name) {
        Setting<Optional<String>> secret = Setting.optional(name, Values.text("a text"), "of this test");
        PrefixedSettings settings = settings(source(Map.of("lockstep.backend." + name, " correct horse")))
                .of("backend");
        settings.refuse(secret, "nothing without a key");
        settings.problem(secret, "a text of 13 characters", "16 or more");

        assertThat(problems.messages())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).doesNotContain("correct horse"))
                .anySatisfy(message -> assertThat(message).contains(name, "nothing without a key"))
                .anySatisfy(message -> assertThat(message).contains(name + " is \"a text of 13 characters\""));
    }

    private PrefixedSettings settings(ConfigSource source) {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(source)
                .build();
        return PrefixedSettings.ofDeployment(config, problems);
    }

    private static ConfigSource source(Map<String, String> properties) {
        return new PropertiesConfigSource(new HashMap<>(properties), "test", 100);
    }

    /** Has nothing, and remembers which of our properties it was asked for. */
    private record Asked(Set<String> names) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return Set.of();
        }

        @Override
        public String getValue(String name) {
            if (name.startsWith(KnownKeys.PREFIX)) {
                names.add(name);
            }
            return null;
        }

        @Override
        public String getName() {
            return "asked";
        }
    }

    /** Has another value each time. */
    private static final class Changing implements ConfigSource {

        private final AtomicInteger value = new AtomicInteger();

        @Override
        public Set<String> getPropertyNames() {
            return Set.of("lockstep.backend.uri");
        }

        @Override
        public String getValue(String name) {
            return name.equals("lockstep.backend.uri") ? "value-" + value.incrementAndGet() : null;
        }

        @Override
        public String getName() {
            return "changing";
        }
    }
}
