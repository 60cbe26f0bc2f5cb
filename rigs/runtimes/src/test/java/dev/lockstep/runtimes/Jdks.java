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

    /** The home of the first JDK that a server runs on: of those asked for, and Maven's own. */
    static Path of(Server server) {
        return List.of("runtimes.java", "runtimes.java.later", "java.home").stream()
                .map(property -> System.getProperty(property, ""))
                .filter(home -> !home.isEmpty())
                .map(Path::of)
                .filter(home -> version(home) >= server.oldestJava() && version(home) < server.tooNewJava())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("needs " + needed(server)
                        + "; -Druntimes.java.later= takes the home of another JDK than -Druntimes.java="));
    }

    private static String needed(Server server) {
        String later = "Java " + server.oldestJava() + " or later";
        return server.tooNewJava() == Integer.MAX_VALUE ? later : later + ", before " + server.tooNewJava();
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
