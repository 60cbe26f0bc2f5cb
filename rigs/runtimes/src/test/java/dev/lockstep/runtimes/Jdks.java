package dev.lockstep.runtimes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The JDKs that servers are run on. */
final class Jdks {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private Jdks() {}

    /** The home of the first JDK that is asked for and is no older than this. */
    static Path from(int oldest) {
        return List.of("runtimes.java", "runtimes.java.later").stream()
                .map(property -> System.getProperty(property, ""))
                .filter(home -> !home.isEmpty())
                .map(Path::of)
                .filter(home -> version(home) >= oldest)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "needs Java " + oldest + " or later: -Druntimes.java.later=, the home of such a JDK"));
    }

    private static int version(Path home) {
        try {
            return VERSION.matcher(Files.readString(home.resolve("release")))
                    .results()
                    .map((MatchResult version) -> Integer.parseInt(version.group(1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(home + " is no JDK", e);
        }
    }
}
