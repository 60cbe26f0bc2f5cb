package dev.lockstep.key;

import static dev.lockstep.key.Keys.leaked;
import static dev.lockstep.key.Keys.ring;
import static dev.lockstep.key.Keys.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedKeysTest {

    private static final Duration SETTLING = Duration.ofSeconds(75);

    @Test
    void versionsPurposesAndApplicationsHaveNothingInCommon() {
        List<String> made = Stream.of("/shop", "/shop2", "")
                .map(application -> DerivedKeys.of(ring(version(2, 0), version(1, 60)), application))
                .flatMap(keys -> Stream.of(KeyPurpose.values()).flatMap(purpose -> keys.all(purpose).stream()))
                .map(DerivedKeysTest::tag)
                .toList();

        assertThat(made).hasSize(3 * 2 * 3).doesNotHaveDuplicates();
    }

    /** Nodes of two versions of Lockstep derive the same; these are by another implementation. */
    @ParameterizedTest
    @CsvSource({"COPY, efcf30731a34bd22", "CHANNEL, feff2043dde06ea0", "TOKEN, a7d8a4e3cb0b9770"})
    void whatIsDerivedStaysTheSame(KeyPurpose purpose, String expected) {
        DerivedKey key =
                DerivedKeys.of(ring(version(7, 0)), "/shop").all(purpose).get(0);

        assertThat(HexFormat.of().formatHex(key.expand(new byte[0], 8))).isEqualTo(expected);
    }

    @Test
    void allIsInTheOrderOfTheKey() {
        DerivedKeys keys = DerivedKeys.of(ring(version(3, 0), version(2, 60), version(9, 90)), "/shop");

        assertThat(keys.inForce()).isEqualTo(3);
        assertThat(keys.all(KeyPurpose.TOKEN)).extracting(DerivedKey::version).containsExactly(3L, 2L, 9L);
    }

    @Test
    void whatIsMadeIsMadeWithAVersionThatEverybodyKnows() {
        assertThat(toMakeWith(version(2, 74), version(1, 500))).isEqualTo(1);
        assertThat(toMakeWith(version(2, 75), version(1, 500))).isEqualTo(2);
        assertThat(toMakeWith(version(3, 1), version(2, 20), version(1, 500))).isEqualTo(1);
    }

    @Test
    void theOnlyVersionIsUsedAtOnce() {
        assertThat(toMakeWith(version(5, 0))).isEqualTo(5);
    }

    /** Changed twice in a hurry, when nobody may know either. */
    @Test
    void whereNoVersionIsOldEnoughTheFormerOneIsUsed() {
        assertThat(toMakeWith(version(3, 1), version(2, 2), version(1, 3))).isEqualTo(2);
    }

    @Test
    void aLeakedVersionIsForTokensAlone() {
        DerivedKeys keys = DerivedKeys.of(ring(version(3, 0), leaked(2, 60), leaked(1, 500)), "/shop");

        assertThat(keys.all(KeyPurpose.COPY)).extracting(DerivedKey::version).containsExactly(3L);
        assertThat(keys.all(KeyPurpose.CHANNEL)).extracting(DerivedKey::version).containsExactly(3L);
        assertThat(keys.all(KeyPurpose.TOKEN)).extracting(DerivedKey::version).containsExactly(3L, 2L, 1L);
        Map<KeyPurpose, DerivedKey> made = keys.toMakeWith(Keys.START, SETTLING);
        assertThat(made.get(KeyPurpose.COPY).version()).isEqualTo(3);
        assertThat(made.get(KeyPurpose.CHANNEL).version()).isEqualTo(3);
        assertThat(made.get(KeyPurpose.TOKEN).version()).isEqualTo(1);
    }

    @Test
    void whatIsLeftAfterALeakIsMadeWithAVersionThatEverybodyKnows() {
        assertThat(toMakeWith(version(4, 74), version(3, 80), leaked(2, 90))).isEqualTo(3);
        assertThat(toMakeWith(version(4, 75), leaked(3, 80), leaked(2, 90))).isEqualTo(4);
    }

    /** Of a node that has not polled yet: the one in force was not made later than now. */
    @Test
    void whoDoesNotKnowTheTimeKnowsThatItIsNotBeforeTheVersionInForce() {
        DerivedKeys keys = DerivedKeys.of(ring(version(3, 0), leaked(2, 60), leaked(1, 500)), "/shop");

        assertThat(keys.toMakeWith(Instant.EPOCH, SETTLING)
                        .get(KeyPurpose.TOKEN)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void withoutAKeyThereIsNothing() {
        assertThat(DerivedKeys.NONE.inForce()).isZero();
        assertThat(DerivedKeys.NONE.all(KeyPurpose.COPY)).isEmpty();
        assertThat(DerivedKeys.NONE.toMakeWith(Keys.START, SETTLING)).isEmpty();
    }

    @Test
    void destroyingTheKeyLeavesWhatWasDerived() {
        KeyRing key = ring(version(1, 0));
        DerivedKeys keys = DerivedKeys.of(key, "/shop");
        String before = tag(keys.all(KeyPurpose.COPY).get(0));

        key.destroy();

        assertThat(tag(keys.all(KeyPurpose.COPY).get(0))).isEqualTo(before);
        assertThat(tag(DerivedKeys.of(key, "/shop").all(KeyPurpose.COPY).get(0)))
                .isNotEqualTo(before);
    }

    private static long toMakeWith(KeyVersion... versions) {
        DerivedKeys keys = DerivedKeys.of(ring(versions), "/shop");
        return keys.toMakeWith(Keys.START, SETTLING).get(KeyPurpose.COPY).version();
    }

    private static String tag(DerivedKey key) {
        return HexFormat.of().formatHex(key.mac().doFinal("message".getBytes(StandardCharsets.UTF_8)));
    }
}
