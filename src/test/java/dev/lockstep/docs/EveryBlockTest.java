package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every block that a page prints is run by a test, which says so by {@link Block#printed}. A block that only shows something,
 * such as what a command prints, is marked as {@code text}.
 */
class EveryBlockTest {

    private static final Pattern CALL = Pattern.compile("\\bBlock\\.printed\\(");
    private static final Pattern CLAIM =
            Pattern.compile("\\bBlock\\.printed\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\",\\s*(\\d+)\\)");

    @Test
    void everyBlockIsRunByATest() throws IOException {
        assertThat(printed()).isEqualTo(claims().collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aTestNamesWhatItRunsByLiterals() throws IOException {
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

    private static Stream<String> claims() throws IOException {
        return tests().flatMap(test -> CLAIM.matcher(test).results())
                .map((MatchResult claim) -> claim.group(1) + " " + claim.group(2) + " " + claim.group(3));
    }

    /** The sources of the tests. */
    private static Stream<String> tests() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String root : List.of("src/test/java", "src/it/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Block::read)
                        .forEach(sources::add);
            }
        }
        return sources.stream();
    }
}
