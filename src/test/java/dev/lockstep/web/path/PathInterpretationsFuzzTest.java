package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** Steps of some server or framework, written in another way than ours. */
    private enum Step {
        STRIP_PARAMETERS {
            @Override
            String apply(String path) {
                StringBuilder out = new StringBuilder();
                boolean parameters = false;
                for (char c : path.toCharArray()) {
                    parameters = c == ';' || (parameters && c != '/');
                    if (!parameters) {
                        out.append(c);
                    }
                }
                return out.toString();
            }
        },
        CUT_PARAMETERS {
            @Override
            String apply(String path) {
                return path.split(";", 2)[0];
            }
        },
        DECODE {
            @Override
            String apply(String path) {
                return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        },
        TURN_BACKSLASHES {
            @Override
            String apply(String path) {
                return String.join("/", path.split("\\\\", -1));
            }
        },
        MERGE_SLASHES {
            @Override
            String apply(String path) {
                return path.contains("//") ? apply(path.replace("//", "/")) : path;
            }
        },
        RESOLVE {
            @Override
            String apply(String path) {
                List<String> out = new ArrayList<>();
                for (String segment : path.substring(1).split("/", -1)) {
                    if (segment.equals("..") && !out.isEmpty()) {
                        out.remove(out.size() - 1);
                    } else if (!segment.startsWith(".")
                            || segment.length() > 2
                            || !segment.replace(".", "").isEmpty()) {
                        out.add(segment);
                    }
                }
                return "/" + String.join("/", out);
            }
        };

        abstract String apply(String path);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void whateverShortPathIsTakenForTheSecretTouchesIt(
            @ForAll("shortPaths") String raw, @ForAll("fewSteps") List<Step> steps) {
        assertTouchesTheSecretIfReadAsIt(raw, steps);
    }

    @Property(tries = 50_000)
    void whateverIsTakenForTheSecretTouchesIt(@ForAll("paths") String raw, @ForAll("steps") List<Step> steps) {
        assertTouchesTheSecretIfReadAsIt(raw, steps);
    }

    private static void assertTouchesTheSecretIfReadAsIt(String raw, List<Step> steps) {
        String read = raw;
        try {
            for (Step step : steps) {
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
            assertThat(!PlainPath.isPlain(raw) || SECRET.mayMatch(Step.DECODE.apply(raw)))
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
    Arbitrary<List<Step>> fewSteps() {
        return Arbitraries.of(Step.class).list().ofMaxSize(1);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMaxSize(7);
    }
}
