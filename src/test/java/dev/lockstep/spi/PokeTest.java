package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.spi.Poke.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PokeTest {

    @ParameterizedTest
    @EnumSource
    void aTextSaysWhatThePokeSaid(Kind kind) {
        Poke poke = new Poke(kind, new LogPosition(Long.MIN_VALUE, Long.MAX_VALUE), "0123456789abcdefghijklmnopqrstuv");

        assertThat(Poke.parse(poke.text())).contains(poke);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c",
                "c 1 2",
                "c 1 2 ",
                "c 1 2 a ",
                " c 1 2 a",
                "c  1 2 a",
                "x 1 2 a",
                "C 1 2 a",
                "c 1 -2 a",
                "c +1 2 a",
                "c 1 2 A",
                "c 1 2 a-b",
                "c 1 2 ä",
                "c \u0661 2 a",
                "c 1 9999999999999999999 a",
                "c -9999999999999999999 2 a",
                "c 1 2 a\n",
                "c 1 2 0123456789abcdefghijklmnopqrstuvw",
            })
    void whatIsNoPokeSaysNothing(String text) {
        assertThat(Poke.parse(text)).isEmpty();
    }

    @Test
    void aLongTextSaysNothing() {
        assertThat(Poke.parse("c 1 2 " + "a".repeat(8_000_000))).isEmpty();
    }

    @Test
    void noTextBreaksIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append("ca 0129-+z\u0000\uD800".charAt(random.nextInt(12)));
            }
            Poke.parse(text.toString())
                    .ifPresent(poke -> assertThat(Poke.parse(poke.text())).contains(poke));
        }
    }

    @Test
    void aSenderIsAShortWord() {
        assertThatThrownBy(() -> new Poke(Kind.APPLIED, new LogPosition(1, 2), "a b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
