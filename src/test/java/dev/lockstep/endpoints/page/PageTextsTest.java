package dev.lockstep.endpoints.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages' texts: each language has all that is asked for, and nothing else. */
class PageTextsTest {

    private static final Pattern USED =
            Pattern.compile("\\btext\\(\\s*(?:[^\"()?]*\\?\\s*)?\"(\\w+)\"(?:\\s*:\\s*\"(\\w+)\")?");
    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private static final List<String> SCRIPTS = List.of(
            "lockstep.js",
            "table.js",
            "sessions.js",
            "chart.js",
            "nodes.js",
            "verdict.js",
            "troubles.js",
            "search.js",
            "console.js");

    @Test
    void everyLanguageHasTheSameTextsWithTheSameValues() {
        Language english = Language.of("en");
        for (Language each : Language.ALL) {
            assertThat(each.texts().keySet())
                    .containsExactlyElementsOf(english.texts().keySet());
            english.texts()
                    .keySet()
                    .forEach(key -> assertThat(placeholders(each.text(key)))
                            .as(each.tag() + " " + key)
                            .isEqualTo(placeholders(english.text(key))));
        }
    }

    @Test
    void everyTextThatAScriptAsksForIsThere() {
        Set<String> known = Language.of("en").texts().keySet();
        Set<String> asked = SCRIPTS.stream()
                .flatMap(name -> USED.matcher(source(name)).results())
                .flatMap(each -> Stream.of(each.group(1), each.group(2)))
                .filter(key -> key != null)
                .collect(Collectors.toSet());
        assertThat(asked).hasSizeGreaterThan(40).isSubsetOf(known);
    }

    @Test
    void noTextIsLeftOver() {
        Set<String> quoted = new TreeSet<>(Set.of("noScript", "loading", "sessionsTitle", "consoleTitle"));
        SCRIPTS.forEach(name -> QUOTED.matcher(source(name)).results().forEach(each -> quoted.add(each.group(1))));
        assertThat(Language.of("en").texts().keySet()).isSubsetOf(quoted);
    }

    /** Text goes into a page as text; browsers that know Trusted Types are told so. */
    @Test
    void noScriptMakesMarkupOutOfText() {
        for (String name : SCRIPTS) {
            assertThat(source(name))
                    .as(name)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                    .doesNotContain("Storage", "document.cookie", "location");
        }
    }

    private static String source(String name) {
        return new String(Asset.bytes(name), StandardCharsets.UTF_8);
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
