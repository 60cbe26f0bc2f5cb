package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the formatter of Java does not look at ends in a newline, and no line of it in a blank. */
class TextFilesTest {

    private static final Pattern BLANK_AT_END = Pattern.compile("(?m)[ \\t\\r]+$");

    @ParameterizedTest
    @ValueSource(strings = {".asadmin", ".h", ".md", ".pml", ".properties", ".proto", ".sql", ".txt", ".xml"})
    void linesEndTidily(String kind) {
        assertThat(files(kind))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Block.read(file))
                        .as(file.toString())
                        .endsWith("\n")
                        .doesNotContainPattern(BLANK_AT_END));
    }

    private static Stream<Path> files(String kind) {
        return Stream.of("docs", "rigs", "src", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pom.xml")
                .flatMap(each -> Block.files(Path.of(each), kind));
    }
}
