package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/*, /, true, true",
        "/*, '', true, true",
        "/*, /x/y, true, true",
        "/x/*, /x, true, true",
        "/x/*, /x/, true, true",
        "/x/*, /x/y, true, true",
        "/x/*, /X/y, false, true",
        "/x/*, /xy, false, false",
        "/x/*, /, false, false",
        "/x/*, '', false, false",
        "/x/*, /y/x/, false, false",
        "/x, /x, true, true",
        "/x, /x/, false, true",
        "/x, /X, false, true",
        "/x, /x/y, false, false",
        "/x, /x//, false, false",
        "/x, /xy, false, false",
        "/x/, /x/, true, true",
        "/x/, /x, false, true",
        "/x/, /x/y, false, false",
    })
    void matchesToTheLetterAndLeniently(String pattern, String path, boolean matches, boolean mayMatch) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(matches);
        assertThat(new PathPattern(pattern).mayMatch(path)).isEqualTo(mayMatch);
    }

    @ParameterizedTest
    @CsvSource({
        "/x/y/*, /x/*, true",
        "/x/*, /x/*, true",
        "/x, /x/*, true",
        "/x, /x, true",
        "/x/*, /*, true",
        "/*, /*, true",
        "/*, /x/*, false",
        "/xy/*, /x/*, false",
        "/x/*, /x, false",
        "/y, /x, false",
    })
    void knowsWhatLiesWithin(String inner, String outer, boolean within) {
        assertThat(new PathPattern(inner).isWithin(new PathPattern(outer))).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "x",
                "x/*",
                "*.do",
                "/x*",
                "/*/x",
                "/x/**",
                "/x/*/y",
                "//",
                "/x//y",
                "/x//*",
                "//*",
                "/x;y",
                "/x%20y",
                "/x\\y",
                "/x?y",
                "/x#y",
                "/x/${y}/*",
                "/x/{y}",
                "/x/y}/*",
                "/./x",
                "/x/..",
                "/x/../*",
                "/.",
                "/x\ny",
                "/x\0",
                "http://x/*"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathPattern.parse(text))
                .withMessageContainingAll("\"" + text.strip() + "\"", "/*", "/x/*", "/x ");
    }

    @Test
    void ignoresSpaceAround() {
        assertThat(PathPattern.parse("  /x/* ")).isEqualTo(new PathPattern("/x/*"));
    }
}
