package dev.lockstep.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The journeys of the code map are those that the code takes. The command that writes their files
 * and counts into the page is in the page.
 */
class JourneysTest {

    private static final boolean WRITE = System.getProperty("map.write") != null;

    private static Map<String, Journey> journeys = Map.of();

    @BeforeAll
    static void make() throws Exception {
        journeys = Journeys.make();
    }

    @Test
    void noTypeRunsUnseen() {
        assertThat(Trace.untraced()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hit", "miss", "revocation", "poll", "setting"})
    void thePageHasTheFilesThatRun(String name) throws Exception {
        Journey journey = journeys.get(name);
        CodeMap page = new CodeMap();
        if (WRITE) {
            page.replace(name, count(name), journey.files());
        }
        System.out.println("A " + name + ": " + count(name));
        assertThat(page.files(name).keySet()).isEqualTo(journey.files());
        assertThat(page.count(name)).isEqualTo(count(name));
    }

    /**
     * Somebody has to follow them: who adds a file looks for one that can go. A revocation is
     * counted beyond the files of a hit, as a miss is. What shows operators the node's state is on
     * each, and what counts and times it: two files of a hit, up to eight of the others.
     * A revocation tells its caller where and when it holds, by two files, and passes by a third
     * which knows what are nobody's sessions. A hit makes no digest; the others do, by two files,
     * and look at the tag of the token, by five: what tells forged ones, tags, and the key.
     */
    @Test
    void theJourneysAreShort() {
        assertThat(journeys.get("hit").files()).hasSizeLessThanOrEqualTo(24);
        assertThat(journeys.get("miss").files()).hasSizeLessThanOrEqualTo(29);
        assertThat(journeys.get("revocation").beyond(journeys.get("hit")).files())
                .hasSizeLessThanOrEqualTo(48);
    }

    @Test
    void thePageSaysSomethingOfEachFile() throws Exception {
        CodeMap page = new CodeMap();
        assertThat(journeys.keySet().stream().flatMap(name -> page.files(name).entrySet().stream()))
                .allSatisfy(row -> assertThat(row.getValue()).as(row.getKey()).isNotEqualTo("?"));
    }

    private static String count(String name) {
        Journey journey = journeys.get(name);
        Journey hit = journeys.get("hit");
        return switch (name) {
            case "miss" -> journey.count() + ", beyond those of a hit.";
            case "revocation", "poll" ->
                journey.count() + "; " + journey.beyond(hit).size() + " of the files are not on a hit.";
            default -> journey.count() + ".";
        };
    }
}
