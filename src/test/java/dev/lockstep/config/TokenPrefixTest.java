package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.SessionSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lockstep.token.prefix}: nothing is another thing than not set. */
class TokenPrefixTest {

    private static final Block OWN = Block.printed("docs/howto/secret-scanning.md", "properties", 1);
    private static final Block NONE = Block.printed("docs/howto/upgrade.md", "properties", 1);

    private final Problems problems = new Problems();

    @Test
    void isThereByDefault() {
        assertThat(prefix(Map.of())).isEqualTo("lks");
    }

    @Test
    void canBeOnesOwnOrNothingAsThePagesPrint() throws IOException {
        assertThat(prefix(printed(OWN))).isEqualTo("shop");
        assertThat(prefix(printed(NONE))).isEmpty();
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A9", "abcdefghijklmnop"})
    void mayBeLettersAndDigits(String prefix) {
        assertThat(prefix(Map.of("lockstep.token.prefix", prefix))).isEqualTo(prefix);
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefghijklmnopq", "9a", "lks_", "a-b", "a b", "ä", "a\\nb"})
    void mayBeNothingElse(String prefix) {
        prefix(Map.of("lockstep.token.prefix", prefix));

        assertThat(problems.messages())
                .singleElement()
                .asString()
                .contains("lockstep.token.prefix", prefix, "a letter");
    }

    private String prefix(Map<String, String> properties) {
        PrefixedSettings settings = PrefixedSettings.ofDeployment(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build(),
                problems);
        RevocationSettings revocation =
                RevocationSettings.of("node", Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(5));
        return SessionSettings.read(settings, revocation, Optional.empty()).tokenPrefix();
    }

    private static Map<String, String> printed(Block block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block.text()));
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
