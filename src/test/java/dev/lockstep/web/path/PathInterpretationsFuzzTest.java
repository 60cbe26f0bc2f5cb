package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** However someone reads a path, what they take it for is known. */
class PathInterpretationsFuzzTest {

    private static final PathPattern SECRET = new PathPattern("/s/t/*");

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void whateverShortPathIsTakenForTheSecretTouchesIt(
            @ForAll("shortPaths") String raw, @ForAll("fewSteps") List<PathReading> steps) {
        assertTouchesTheSecretIfReadAsIt(raw, steps);
    }

    @Property(tries = 50_000)
    void whateverIsTakenForTheSecretTouchesIt(@ForAll("paths") String raw, @ForAll("steps") List<PathReading> steps) {
        assertTouchesTheSecretIfReadAsIt(raw, steps);
    }

    private static void assertTouchesTheSecretIfReadAsIt(String raw, List<PathReading> steps) {
        String read = raw;
        try {
            for (PathReading step : steps) {
                read = step.apply(read);
            }
        } catch (IllegalArgumentException e) {
            return; // such a server refuses the request
        }
        boolean secret = SECRET.matches(read);
        Statistics.label("secret").collect(secret, PlainPath.isPlain(raw)).coverage(each -> {
            each.check(true, true).count(often -> often > 50);
            each.check(true, false).count(often -> often > 50);
        });
        if (secret) {
            assertThat(!PlainPath.isPlain(raw) || SECRET.mayMatch(PathReading.DECODE.apply(raw)))
                    .as("%s may be read as %s", raw, read)
                    .isTrue();
            assertThat(new PathInterpretations(raw).touch(SECRET))
                    .as("%s may be read as %s", raw, read)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<String> shortPaths() {
        return paths(3);
    }

    @Provide
    Arbitrary<String> paths() {
        return paths(9);
    }

    private static Arbitrary<String> paths(int maxParts) {
        return Arbitraries.of(
                        "/", "/", "/s", "/t", "/s/t", "/x", "..", "/..", "/.", ";", ";y", "\\", "%2e", "%2E%2e", "%2f",
                        "%5c", "%3b", "%73", "%25", "2e", "2f", "//")
                .list()
                .ofMinSize(1)
                .ofMaxSize(maxParts)
                .map(parts -> String.join("", parts))
                .map(path -> path.startsWith("/") ? path : "/" + path);
    }

    @Provide
    Arbitrary<List<PathReading>> fewSteps() {
        return Arbitraries.of(PathReading.class).list().ofMaxSize(1);
    }

    @Provide
    Arbitrary<List<PathReading>> steps() {
        return Arbitraries.of(PathReading.class).list().ofMaxSize(7);
    }
}
