package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommentsTest {

    private static final int COLUMNS = 100;

    /** Comments, and before them what may look like one: text blocks, strings, characters. */
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "(?<comment>/\\*.*?\\*/|//[^\\n]*)|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    @Test
    void noLineOfACommentIsLongerThanAHundredColumns() throws IOException {
        List<String> longer = new ArrayList<>();
        for (Path source : Block.files(Path.of(""), ".java").toList()) {
            String text = Files.readString(source);
            longLines(text).forEach(line -> longer.add(source + ": " + line));
        }
        assertThat(longer).isEmpty();
    }

    @Test
    void aLongLineIsFound() {
        assertThat(longLines("int a; // " + "x".repeat(91))).hasSize(1);
        assertThat(longLines("/**\n * " + "x".repeat(98) + "\n */")).hasSize(1);
        assertThat(longLines("String a = \"// " + "x".repeat(98) + "\";")).isEmpty();
    }

    private static List<String> longLines(String text) {
        List<String> longer = new ArrayList<>();
        Matcher matcher = COMMENT_OR_LITERAL.matcher(text);
        while (matcher.find()) {
            if (matcher.group("comment") != null) {
                int start = text.lastIndexOf('\n', matcher.start()) + 1;
                text.substring(start, matcher.end())
                        .lines()
                        .filter(line -> line.codePointCount(0, line.length()) > COLUMNS)
                        .forEach(longer::add);
            }
        }
        return longer;
    }
}
