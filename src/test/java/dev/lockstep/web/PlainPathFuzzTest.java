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

/** What can be read in several ways is never taken for plain. */
class PlainPathFuzzTest {

    @Property(tries = 20_000)
    void plainPathsHoldNothingDoubtful(@ForAll("paths") String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        List<String> segments = Arrays.asList(path.split("/", -1));
        boolean doubtful =
                List.of(";", "//", "\\", "%2e", "%2f", "%5c", "%00").stream().anyMatch(lower::contains)
                        || segments.contains(".")
                        || segments.contains("..");
        if (doubtful) {
            assertThat(PlainPath.is(path)).isFalse();
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
