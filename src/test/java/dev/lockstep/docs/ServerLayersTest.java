package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The server of the how-to's integration test has the layers that the how-to names, and no other.
 */
class ServerLayersTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]* \\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\|$");

    @Test
    void theBuildProvisionsWhatTheHowToNames() throws Exception {
        List<String> built = Pom.of("rigs/servers/pom.xml")
                .select("//execution[id='provision-wildfly-howto']/configuration/layers/layer");
        String page = Block.read(Path.of("docs", "howto", "wildfly.md"));
        List<String> named = ROW.matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1).replace("`", ""))
                .flatMap(layers -> List.of(layers.split(", ")).stream())
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(built);
    }
}
