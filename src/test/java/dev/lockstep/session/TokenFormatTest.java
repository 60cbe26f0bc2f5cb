package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionToken;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of what a token may look like. */
class TokenFormatTest {

    private static final String BODY = "A".repeat(43);

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "mA", "mZ", "ma", "mz", "m0", "m9", "abcdefghijklmnop"})
    void aPrefixIsALetterAndUpToFifteenLettersAndDigits(String prefix) {
        assertThat(TokenFormat.prefix(prefix)).isEqualTo(prefix);
        assertThat(TokenFormat.beginning(prefix)).isEqualTo(prefix + "_");
        assertThat(TokenFormat.bodyStart(SessionToken.of(prefix + "_" + BODY))).isEqualTo(prefix.length() + 1);
        assertThat(TokenFormat.isForm(SessionToken.of(prefix + "_" + BODY))).isTrue();
        assertThat(TokenFormat.isForm(SessionToken.of(prefix + "-" + BODY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "[",
                "`",
                "{",
                "0",
                "9",
                "_",
                "m/",
                "m:",
                "m@",
                "m[",
                "m`",
                "m{",
                "m_",
                "m-m",
                "abcdefghijklmnopq"
            })
    void nothingElseIs(String prefix) {
        assertThatThrownBy(() -> TokenFormat.prefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a letter and up to 15 letters and digits");
        assertThat(TokenFormat.isForm(SessionToken.of(prefix + "_" + BODY))).isFalse();
    }

    @Test
    void aTokenNeedsNoPrefix() {
        assertThat(TokenFormat.prefix("")).isEmpty();
        assertThat(TokenFormat.beginning("")).isEmpty();
        assertThat(TokenFormat.bodyStart(SessionToken.of(BODY))).isZero();
        assertThat(TokenFormat.isForm(SessionToken.of("_" + BODY))).isFalse();
        assertThat(TokenFormat.isForm(SessionToken.of(BODY.substring(1)))).isFalse();
    }

    @Test
    void aTokenHasFrom43To60Characters() {
        assertThat(TokenFormat.hasLength(SessionToken.of("A".repeat(42)))).isFalse();
        assertThat(TokenFormat.hasLength(SessionToken.of("A".repeat(43)))).isTrue();
        assertThat(TokenFormat.hasLength(SessionToken.of("A".repeat(60)))).isTrue();
        assertThat(TokenFormat.hasLength(SessionToken.of("A".repeat(61)))).isFalse();
    }

    @Test
    void noCharacterOutsideTheAlphabetIsRead() {
        assertThat(isRead(BODY)).isTrue();
        for (int at = 0; at < BODY.length(); at++) {
            for (char wrong : "+/=.,:@[`{ \u00e4".toCharArray()) {
                String text = BODY.substring(0, at) + wrong + BODY.substring(at + 1);
                assertThat(isRead(text)).as(text).isFalse();
            }
        }
    }

    /** Four spellings of the last byte would be four tokens of one session. */
    @Test
    void onlyOneOfTheSpellingsOfAByteIsRead() {
        String start = BODY.substring(1);
        for (char last : "BCDFGHJKL".toCharArray()) {
            assertThat(isRead(start + last)).as("%s", last).isFalse();
        }
        for (char last : "AEIM048".toCharArray()) {
            assertThat(isRead(start + last)).as("%s", last).isTrue();
        }
    }

    private static boolean isRead(String text) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        return TokenFormat.decode(characters, 0, new byte[TokenFormat.BYTES], 0);
    }
}
