package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A file that a reader can't take in at one sitting holds more than one idea. */
class FileLengthTest {

    private static final int LINES = 400;

    private static final Pattern CODE = Pattern.compile(".*\\.(java|js|css|sql|pml|h|sh|py)");

    /** {@code SettingsReferenceTest} writes it. */
    private static final String GENERATED = "EditorKeys.java";

    @Test
    void noFileOfCodeIsLongerThanFourHundredLines() throws IOException {
        Map<Path, Integer> longer = new TreeMap<>();
        for (Path file : code()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LINES) {
                longer.put(file, lines);
            }
        }
        assertThat(longer).isEmpty();
    }

    /** Not what builds and servers of other tests write and delete meanwhile. */
    private static Iterable<Path> code() {
        return Block.files(Path.of(""), "")
                .filter(file -> CODE.matcher(file.toString()).matches())
                .filter(file -> !file.endsWith(GENERATED))
                .toList();
    }
}
