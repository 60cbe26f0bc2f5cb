package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What can be read in several ways is never taken for plain. */
class PlainPathFuzzTest {

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void noShortPathThatHoldsSomethingDoubtfulIsPlain(@ForAll("shortPaths") String path) {
        assertPlainPathsHoldNothingDoubtful(path);
    }

    @Property(tries = 20_000)
    void plainPathsHoldNothingDoubtful(@ForAll("paths") String path) {
        assertPlainPathsHoldNothingDoubtful(path);
    }

    private static void assertPlainPathsHoldNothingDoubtful(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        List<String> segments = Arrays.asList(path.split("/", -1));
        boolean doubtful =
                List.of(";", "//", "\\", "%2e", "%2f", "%5c", "%00").stream().anyMatch(lower::contains)
                        || segments.contains(".")
                        || segments.contains("..");
        if (doubtful) {
            assertThat(PlainPath.isPlain(path)).isFalse();
        }
        Statistics.label("doubtful").collect(doubtful).coverage(each -> {
            each.check(true).percentage(share -> share > 10);
            each.check(false).percentage(share -> share > 1);
        });
    }

    @Provide
    Arbitrary<String> shortPaths() {
        return paths(4);
    }

    @Provide
    Arbitrary<String> paths() {
        return paths(8);
    }

    private static Arbitrary<String> paths(int maxParts) {
        return Arbitraries.of("/", "a", ".", ";", "\\", "%2e", "%2F", "%5c", "%00", "%", "2", "e", "E", "é")
                .list()
                .ofMaxSize(maxParts)
                .map(parts -> "/" + String.join("", parts));
    }
}
