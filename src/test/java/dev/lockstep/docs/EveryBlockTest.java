package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every block that a page prints is run by a test, which says so by {@link Block#printed}. A block
 * that only shows something, such as what a command prints, is marked as {@code text}.
 */
class EveryBlockTest {

    private static final Pattern CALL = Pattern.compile("\\bBlock\\.printed\\(");
    private static final Pattern CLAIM =
            Pattern.compile("\\bBlock\\.printed\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\",\\s*(\\d+)\\)");

    @Test
    void everyBlockIsRunByATest() {
        assertThat(printed()).isEqualTo(claims().collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aTestNamesWhatItRunsByLiterals() {
        assertThat(tests().mapToLong(test -> CALL.matcher(test).results().count())
                        .sum())
                .isEqualTo(claims().count());
    }

    private static Set<String> printed() {
        Set<String> all = new TreeSet<>();
        for (Path page : Block.pages()) {
            Map<String, Integer> numbers = new HashMap<>();
            for (Block block : Block.of(page)) {
                if (!block.language().equals("text")) {
                    int number = numbers.merge(block.language(), 1, Integer::sum);
                    all.add(page + " " + block.language() + " " + number);
                }
            }
        }
        return all;
    }

    private static Stream<String> claims() {
        return tests().flatMap(test -> CLAIM.matcher(test).results())
                .map((MatchResult claim) -> claim.group(1) + " " + claim.group(2) + " " + claim.group(3));
    }

    /** The sources of the tests. */
    private static Stream<String> tests() {
        return Stream.of(Block.files(Path.of("src/test"), ".java"), Block.files(Path.of("rigs"), ".java"))
                .flatMap(files -> files)
                .map(Block::read);
    }
}
