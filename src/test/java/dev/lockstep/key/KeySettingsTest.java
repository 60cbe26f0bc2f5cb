package dev.lockstep.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySettingsTest {

    private static final String FIRST = base64(32, 1);
    private static final String SECOND = base64(48, 2);

    @Test
    void unlessSetThereIsNone() {
        assertThat(KeySettings.read(new MapSettings(Map.of()))).isEmpty();
    }

    @Test
    void theFirstIsInForceAndTheOthersAreKnown() {
        KeyRing key = read(FIRST + "," + SECOND).orElseThrow();

        assertThat(key.versions()).extracting(KeyVersion::secret).containsExactly(bytes(32, 1), bytes(48, 2));
        assertThat(key.inForce().secret()).isEqualTo(bytes(32, 1));
    }

    /** While nodes are given the new one, one after the other. */
    @Test
    void aVersionKeepsItsNumberWhereverItStands() {
        List<Long> before = numbers(FIRST + "," + SECOND);
        List<Long> after = numbers(SECOND + "," + FIRST);

        assertThat(after).containsExactly(before.get(1), before.get(0)).doesNotHaveDuplicates();
        assertThat(numbers(FIRST)).containsExactly(before.get(0));
    }

    @Test
    void oneThatIsThereTwiceIsOne() {
        assertThat(numbers(FIRST + "," + FIRST)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==", "a password that is long enough", "!"})
    void whatIsTooShortOrNoBase64IsReported(String value) {
        MapSettings settings = new MapSettings(Map.of("key", value));

        assertThat(KeySettings.read(settings)).isEmpty();
        assertThat(settings.problems()).singleElement().asString().contains("32 random bytes or more, in base64");
    }

    @Test
    void whereTheStoreKeepsOneItIsRefused() {
        MapSettings settings = new MapSettings(Map.of("key", FIRST));

        KeySettings.refuse(settings);

        assertThat(settings.problems()).singleElement().asString().contains("the store keeps the application's key");
        MapSettings unset = new MapSettings(Map.of());
        KeySettings.refuse(unset);
        assertThat(unset.problems()).isEmpty();
    }

    private static List<Long> numbers(String value) {
        return read(value).orElseThrow().versions().stream()
                .map(KeyVersion::number)
                .toList();
    }

    private static Optional<KeyRing> read(String value) {
        return KeySettings.read(new MapSettings(Map.of("key", value)));
    }

    private static String base64(int length, int of) {
        return Base64.getEncoder().encodeToString(bytes(length, of));
    }

    private static byte[] bytes(int length, int of) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) of);
        return bytes;
    }
}
