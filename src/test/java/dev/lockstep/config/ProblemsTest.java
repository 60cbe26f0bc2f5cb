package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:xyzzy@cache:6379",
                "redis://a:1,redis://:xyzzy@b:2",
                "hotrod://shop:xyzzy@cache",
                "jdbc:postgresql://db/shop?password=xyzzy",
                "keys.p12 (keystore_password=xyzzy)"
            })
    void aPasswordInAValueIsNotShown(String value) {
        problems.badValue("lockstep.x", value, "another", Optional.empty());

        assertThat(problems.messages()).singleElement().asString().doesNotContain("xyzzy");
    }

    @Test
    void aValueWithoutOneIsShown() {
        problems.badValue("lockstep.x", "nonsense", "another", Optional.of("a file"));

        assertThat(problems.messages())
                .containsExactly("LOCKSTEP-0001 lockstep.x is \"nonsense\"; accepted: another. It is set in a file.");
    }
}
