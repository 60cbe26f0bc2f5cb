package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** What is said of a node at work; what is below is of its configuration and its store. */
    private static final Pattern OF_A_NODE = Pattern.compile("\"LOCKSTEP-0[2-6]\\d{2}");

    private static final Pattern LOGS =
            Pattern.compile("(?:\\bLOG\\.log|\\bwarnOnce|new BreakerMessages|new ServerMessages)\\(");
    private static final Pattern PARENTHESIS_OR_LITERAL = Pattern.compile("[()]|\"(?:\\\\.|[^\"\\\\])*\"");

    /** At the end of a literal, or by a name for the part that lines have in common. */
    private static final Pattern CONTEXT = Pattern.compile("[ \"][a-zA-Z]+=(?:[a-z]+)?\"|\\bcontext\\b");

    @Test
    void everyNumberIsInTheReferenceAndEveryRowIsUsed() throws IOException {
        assertThat(rows()).isEqualTo(numbersBySource().keySet());
    }

    @Test
    void noNumberIsUsedByTwoClasses() throws IOException {
        assertThat(numbersBySource())
                .allSatisfy((number, sources) -> assertThat(sources).as(number).hasSize(1));
    }

    /** So that whoever searches logs can tell by which node, cache or session a line was caused. */
    @Test
    void whatANodeLogsOfItsWorkHasItsContextAsKeyAndValueBehindTheSentence() throws IOException {
        List<String> without = new ArrayList<>();
        int logged = 0;
        for (Path source : sources()) {
            for (String call : calls(Files.readString(source))) {
                if (OF_A_NODE.matcher(call).find()) {
                    logged++;
                    if (!CONTEXT.matcher(call).find()) {
                        without.add(source + ": " + call);
                    }
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(logged).isGreaterThan(40);
    }

    @Test
    void aSentenceWithoutContextIsFound() {
        String bare = "LOG.log(Level.INFO, \"LOCKSTEP-0601 This (one) is bare: set lockstep.lease=0.\");";
        String full = "LOG.log(Level.INFO, \"LOCKSTEP-0601 This is not. node=\" + names(\",\"), e);";

        assertThat(calls(bare + full))
                .hasSize(2)
                .allMatch(call -> OF_A_NODE.matcher(call).find());
        assertThat(calls(bare)).noneMatch(call -> CONTEXT.matcher(call).find());
        assertThat(calls(full)).allMatch(call -> CONTEXT.matcher(call).find());
    }

    /** What is between the parentheses of calls that log, and of those that make what is logged. */
    private static List<String> calls(String source) {
        List<String> calls = new ArrayList<>();
        Matcher begin = LOGS.matcher(source);
        while (begin.find()) {
            int depth = 1;
            Matcher token = PARENTHESIS_OR_LITERAL.matcher(source).region(begin.end(), source.length());
            while (depth > 0 && token.find()) {
                depth += token.group().equals("(") ? 1 : token.group().equals(")") ? -1 : 0;
            }
            calls.add(source.substring(begin.end(), token.end()));
        }
        return calls;
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
        for (Path source : sources()) {
            Matcher number = NUMBER.matcher(Files.readString(source));
            while (number.find()) {
                numbers.computeIfAbsent(number.group(), key -> new TreeSet<>()).add(source.toString());
            }
        }
        return numbers;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }
}
