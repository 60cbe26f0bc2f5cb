package dev.lockstep.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The map has every room of the product. Its journeys are tested in {@code rigs/map}. */
class CodeMapTest {

    private static final Path PAGE = Path.of("docs/internals/code-map.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ROOM = Pattern.compile("(?m)^\\| \\[`[\\w.]+`]\\(../../(src/main/java/[^.)]+)\\) \\|");

    @Test
    void theRoomsArePackages() {
        Set<String> rooms = ROOM.matcher(Block.read(PAGE))
                .results()
                .map(each -> each.group(1))
                .collect(toSet());
        assertThat(rooms)
                .isEqualTo(Block.files(SOURCES, "package-info.java")
                        .map(file -> file.getParent().toString())
                        .collect(toSet()));
    }
}
