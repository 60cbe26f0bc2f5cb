package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenRefused.Reason;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRefusedTest {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/x\r\n2026-11-29 INFO forged",
                "/api/\u001b[2Kx",
                "/api/\0",
                "/api/\u007f",
                "/api/\u0085forged",
                "/api/\u2028forged",
                "/api/\u2029forged",
                "/api/\u202egnp.x",
                "/api/\u200bx",
                "/api/\ufeffx",
                "/api/\ud800x",
                "/api/\udbff\udfff",
                "/api/\udb40\udc01x",
                "/api/\ue000"
            })
    void aPathForgesNoLineAndHidesNothing(String path) {
        TokenRefused refused = new TokenRefused(Reason.MISSING, path);
        assertThat(refused.path()).matches("[ -~]+").isNotEqualTo(path);
        assertThat(unescaped(refused.path())).isEqualTo(path);
        assertThat(refused.toString()).matches("[ -~]+");
    }

    @Test
    void everyControlCharacterIsEscaped() {
        for (char c = 0; c < 0xa0; c++) {
            String path = new TokenRefused(Reason.MISSING, "/" + c).path();
            assertThat(path).isEqualTo(Character.isISOControl(c) || c == '\\' ? escape(c) : "/" + c);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/echo",
                "/api/a b",
                "/api/jos\u00e9",
                "/api/\u65e5\u672c",
                "/api/\ud83d\ude00",
                "/api/100%25",
                ""
            })
    void anyOtherPathIsAsItWas(String path) {
        assertThat(new TokenRefused(Reason.MISSING, path).path()).isEqualTo(path);
    }

    /** Where somebody puts a token into an address, it is in no event. */
    @Test
    void whatLooksLikeATokenIsLeftOut() {
        String token = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
        assertThat(new TokenRefused(Reason.MISSING, "/api/sessions/" + token).path())
                .isEqualTo("/api/sessions/\u2026");
        assertThat(new TokenRefused(Reason.MISSING, "/api/token=" + token + "/x").path())
                .isEqualTo("/api/token=\u2026/x");
    }

    private static String escape(char c) {
        return String.format(Locale.ROOT, "/\\u%04x", (int) c);
    }

    private static String unescaped(String path) {
        return ESCAPE.matcher(path)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
