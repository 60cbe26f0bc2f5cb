package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message that a person sees has a number of its own, and a row in the reference. */
class MessagesTest {

    private static final Pattern NUMBER = Pattern.compile("LOCKSTEP-\\d{4}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (LOCKSTEP-\\d{4}) \\|");

    @Test
    void everyNumberIsInTheReferenceAndEveryRowIsUsed() throws IOException {
        assertThat(rows()).isEqualTo(numbersBySource().keySet());
    }

    @Test
    void noNumberIsUsedByTwoClasses() throws IOException {
        assertThat(numbersBySource())
                .allSatisfy((number, sources) -> assertThat(sources).as(number).hasSize(1));
    }

    private static Set<String> rows() throws IOException {
        Set<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/reference/messages.md")));
        while (row.find()) {
            rows.add(row.group(1));
        }
        return rows;
    }

    private static Map<String, Set<String>> numbersBySource() throws IOException {
        Map<String, Set<String>> numbers = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher number = NUMBER.matcher(Files.readString(source));
                while (number.find()) {
                    numbers.computeIfAbsent(number.group(), key -> new TreeSet<>())
                            .add(source.toString());
                }
            }
        }
        return numbers;
    }
}
