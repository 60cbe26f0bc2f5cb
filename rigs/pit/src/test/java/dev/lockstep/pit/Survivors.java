package dev.lockstep.pit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Mutants that no test kills, with the reason why they change nothing that anybody could see: the
 * committed list, a line each.
 */
final class Survivors {

    private static final String SEPARATOR = " | ";

    private Survivors() {}

    /** The reason of each, by its name. */
    static Map<String, String> read() {
        Map<String, String> all = new TreeMap<>();
        text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(SEPARATOR);
            if (all.put(line.substring(0, end), line.substring(end + SEPARATOR.length())) != null) {
                throw new IllegalStateException("Twice: " + line);
            }
        });
        return all;
    }

    private static String text() {
        try (InputStream file = Objects.requireNonNull(Survivors.class.getResourceAsStream("survivors.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
