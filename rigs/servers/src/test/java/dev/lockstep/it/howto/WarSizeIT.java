package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The WARs of the page on their size. Needs no server. */
class WarSizeIT {

    private static final Path PAGE = Path.of("docs", "howto", "war-size.md");
    private static final Block LIST = Block.printed("docs/howto/war-size.md", "sh", 1);
    private static final Path WARS = Path.of(System.getProperty("it.wars"));
    private static final Pattern SIZE = Pattern.compile("(?m)^\\|[^|]*\\| ([\\d.]+) MB \\|");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\S+ +\\S+ +\\S+ +\\S+ +(\\d+) .*\\.war$");
    private static final int ROUNDING_PERCENT = 7;
    private static final double MEGABYTE = 1e6;

    @Test
    void theyAreAsLargeAsThePageSays() throws Exception {
        List<Double> said = numbers(SIZE, Files.readString(PAGE));
        List<Double> listed = numbers(LISTED, new Script(LIST).run());
        assertThat(listed).hasSameSizeAs(said).hasSize(3);
        for (int i = 0; i < listed.size(); i++) {
            assertThat(listed.get(i) / MEGABYTE).isCloseTo(said.get(i), withinPercentage(ROUNDING_PERCENT));
        }
    }

    /** What the other tests run is what a user's Maven makes of the page. */
    @Test
    void theyHoldTheLibrariesOfTheDependenciesThatThePagePrints() throws Exception {
        assertThat(libraries(WARS.resolve("lockstep-infinispan.war")))
                .containsExactlyElementsOf(libraries(PrintedProjects.war("small")));
        assertThat(libraries(WARS.resolve("lockstep-modules.war")))
                .containsExactlyElementsOf(libraries(PrintedProjects.war("smallest")));
    }

    private static List<Double> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult each) -> Double.valueOf(each.group(1)))
                .toList();
    }

    private static List<String> libraries(Path war) throws IOException {
        try (JarFile file = new JarFile(war.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
