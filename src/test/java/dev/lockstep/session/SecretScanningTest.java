package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.key.ApplicationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page on scanners prints finds every token, and nothing that merely looks like one. */
class SecretScanningTest {

    private static final Path PAGE = Path.of("docs/howto/secret-scanning.md");
    private static final Block PATTERN = Block.printed("docs/howto/secret-scanning.md", "regex", 1);
    private static final Block RULESET = Block.printed("docs/howto/secret-scanning.md", "toml", 1);
    private static final Block RULES = Block.printed("docs/howto/secret-scanning.md", "toml", 2);
    private static final Pattern REGEX = Pattern.compile("(?m)^regex = '''(.*)'''$");
    private static final Pattern FIELD =
            Pattern.compile("(?m)^\\| (\\w+ \\w+) \\| <?(?:code>|`)(.*?)(?:</code>|`) \\|$");

    private static final int TOKENS = 1_000;

    static Stream<String> texts() {
        return Stream.of(
                "%s", "Authorization: Bearer %s", "token=%s&x=1", "{\"token\":\"%s\"}", "'%s'", "%s\n", "\n%s.");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void findsEveryTokenWhole(String text) throws IOException {
        TokenGenerator tokens = Keyed.tokens("/shop");
        for (Pattern pattern : patterns()) {
            for (int i = 0; i < TOKENS; i++) {
                String token = tokens.newToken().value();
                assertThat(found(pattern, text.formatted(token))).containsExactly(token);
            }
        }
    }

    @Test
    void findsNothingElse() throws IOException {
        String body = "A".repeat(42);
        for (Pattern pattern : patterns()) {
            for (String miss : List.of(
                    "lks_" + body,
                    "lks_" + body + "B",
                    "lks_" + body + "AA",
                    "lks-" + body + "A",
                    "LKS_" + body + "A",
                    "xlks_" + body + "A",
                    "lks_" + "A".repeat(20) + "=" + "A".repeat(22),
                    "lks_" + "A".repeat(20) + " " + "A".repeat(22),
                    body + "A",
                    new TokenGenerator("", ApplicationKey.absent("/shop"))
                            .newToken()
                            .value())) {
                assertThat(found(pattern, miss)).as(miss).isEmpty();
            }
        }
    }

    @Test
    void theExampleHasTheForm() throws IOException {
        assertThat(found(Pattern.compile("(" + PATTERN.text().strip() + ")"), Files.readString(PAGE)))
                .hasSize(1);
    }

    /** By which scanners choose what they look at, and where GitLab finds the rules. */
    @Test
    void theRulesAreTheOnesThatTheRulesetNamesAndTheirKeywordIsInEveryToken() {
        assertThat(RULESET.text()).contains("value = \"lockstep-gitleaks.toml\"", "target = \"gitleaks.toml\"");
        assertThat(RULES.text()).contains("path = \"/gitleaks.toml\"", "keywords = [\"lks_\"]");
        assertThat(Keyed.tokens("/shop").newToken().value()).contains("lks_");
    }

    /** The page's own, that of the rules, and what the three fields of GitHub are together. */
    private static List<Pattern> patterns() throws IOException {
        Matcher rule = REGEX.matcher(RULES.text());
        assertThat(rule.find()).isTrue();
        List<String> fields = FIELD.matcher(Files.readString(PAGE))
                .results()
                .map(each -> each.group(2).replace("&#124;", "|"))
                .toList();
        assertThat(fields).hasSize(3);
        String github = "(?:%s)(?<token>%s)(?:%s)".formatted(fields.get(1), fields.get(0), fields.get(2));
        return Stream.of("(?<token>" + PATTERN.text().strip() + ")", "(?<token>" + rule.group(1) + ")", github)
                .map(Pattern::compile)
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(each -> each.group(1)).toList();
    }
}
