package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.CollidingTexts;
import dev.lockstep.spi.NewSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodResistantTest {

    /** With the JDK's sets and maps this takes minutes; it takes half a second. */
    @Test
    @Timeout(60)
    void namesThatCollideCostASessionLittle() {
        Set<String> groups = CollidingTexts.of(17);
        Map<String, String> attributes = asMap(groups);

        NewSession asked = new NewSession(
                "id",
                new TokenDigest(1, 2, 3, 4),
                "mallory",
                groups,
                attributes,
                Duration.ofHours(1),
                Duration.ofHours(1));
        Session session = Session.ofMillis("id", "mallory", asked.groups(), asked.attributes(), 1, 2, 3, 4);

        assertThat(session.groups()).hasSize(1 << 17);
        assertThat(session.groups().contains("nobody")).isFalse();
        assertThat(session.attributes()).hasSize(1 << 17);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FloodResistant.FEW, FloodResistant.FEW + 1, 1_000})
    void copiesEqualWhatTheyAreOfAndNobodyChangesThem(int size) {
        Set<String> texts = IntStream.range(0, size).mapToObj(i -> "text" + i).collect(Collectors.toSet());
        Map<String, String> entries = asMap(texts);
        Set<String> texts2 = FloodResistant.copyOf(texts);
        Map<String, String> entries2 = FloodResistant.copyOf(entries);

        assertThat(texts2).isEqualTo(Set.copyOf(texts)).hasSameHashCodeAs(texts).containsAll(texts);
        assertThat(entries2).isEqualTo(Map.copyOf(entries)).hasSameHashCodeAs(entries);
        assertThat(entries2)
                .allSatisfy((name, value) -> assertThat(entries2.get(name)).isEqualTo(entries.get(name)));
        assertThat(entries2.containsKey("nobody")).isFalse();
        texts.add("later");
        entries.put("later", "later");
        assertThat(texts2).hasSize(size);
        assertThat(entries2).hasSize(size);
        assertThatThrownBy(() -> texts2.add("later")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> entries2.put("later", "")).isInstanceOf(UnsupportedOperationException.class);
        if (size > 0) {
            assertThatThrownBy(() -> texts2.removeIf(it -> true)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> entries2.keySet().removeIf(it -> true))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(FloodResistant.copyOf(texts2)).isSameAs(texts2);
        assertThat(FloodResistant.copyOf(entries2)).isSameAs(entries2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void noneIsNull(int size) {
        Set<String> texts = new HashSet<>(Arrays.asList(new String[] {null}));
        IntStream.range(1, size).forEach(i -> texts.add("text" + i));

        assertThatThrownBy(() -> FloodResistant.copyOf(texts)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> FloodResistant.copyOf(asMap(texts))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> newSession(texts, Map.of())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> newSession(Set.of(), asMap(texts))).isInstanceOf(NullPointerException.class);
    }

    private static NewSession newSession(Set<String> groups, Map<String, String> attributes) {
        return new NewSession(
                "id", new TokenDigest(1, 2, 3, 4), "p", groups, attributes, Duration.ofHours(1), Duration.ofHours(1));
    }

    private static Map<String, String> asMap(Set<String> names) {
        Map<String, String> entries = new HashMap<>();
        names.forEach(name -> entries.put(name, "value"));
        return entries;
    }
}
