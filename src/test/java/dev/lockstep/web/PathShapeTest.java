package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "/a/",
                "/a/b.c",
                "/a.",
                "/.a",
                "/...",
                "/a%20b",
                "/%C3%A9",
                "/a/..b/c",
                "/a:b@c",
                "/~",
                "/%7e",
                "/é"
            })
    void onePlainReading(String path) {
        assertThat(PathShape.of(path)).isEqualTo(PathShape.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b", "/a;", "/a;b=c/d", "/a/;b", "/a/b;jsessionid=0/", "/a;b;c", "/;x"})
    void oneReadingWithoutParameters(String path) {
        assertThat(PathShape.of(path)).isEqualTo(PathShape.WITH_PARAMETERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//a",
                "/a//b",
                "/a//",
                "/.",
                "/..",
                "/./a",
                "/a/./b",
                "/a/../b",
                "/a/..",
                "/a/.",
                "/a/..;/b",
                "/a/..;x=y",
                "/a/.;/b",
                "/a/;/b",
                "/;x/b",
                "/a\\b",
                "/a/%2e%2e/b",
                "/a/%2E",
                "/.%2e/",
                "/%2fa",
                "/a%2Fb",
                "/a%5cb",
                "/a%5C",
                "/a%00",
                "/a\0",
                "/a%0d",
                "/a\n",
                "/%3b",
                "/%3B",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%u002e",
                "/%7f",
                "..",
                ".",
                "/a;%2f"
            })
    void severalReadings(String path) {
        assertThat(PathShape.of(path)).isEqualTo(PathShape.AMBIGUOUS);
    }

    /** What architecture.md lists must never be plain. */
    @Property(tries = 20_000)
    void plainPathsHoldNothingDoubtful(@ForAll("paths") String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        List<String> segments = Arrays.asList(path.split("/", -1));
        boolean doubtful =
                List.of(";", "//", "\\", "%2e", "%2f", "%5c", "%00").stream().anyMatch(lower::contains)
                        || segments.contains(".")
                        || segments.contains("..");
        if (doubtful) {
            assertThat(PathShape.of(path)).isNotEqualTo(PathShape.PLAIN);
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("/", "a", ".", ";", "\\", "%2e", "%2F", "%5c", "%00", "%", "2", "e", "E", "é")
                .list()
                .ofMaxSize(8)
                .map(parts -> "/" + String.join("", parts));
    }
}
