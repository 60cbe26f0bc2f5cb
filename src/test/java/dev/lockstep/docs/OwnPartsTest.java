package dev.lockstep.docs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pages on a cache, a store and a channel of one's own print what an author has in
 * {@code rigs/consumers}; the build runs the contracts there, by jars as they are published.
 */
class OwnPartsTest {

    private static final Path AUTHOR = Path.of("rigs", "consumers", "src", "it", "author");

    private static final Block DEPENDENCIES = Block.printed("docs/howto/own-cache.md", "xml", 1);
    private static final Map<String, Block> FILES = Map.ofEntries(
            entry("src/main/java/author/MapCache.java", Block.printed("docs/howto/own-cache.md", "java", 1)),
            entry("src/main/java/author/SealedMapCache.java", Block.printed("docs/howto/own-cache.md", "java", 2)),
            entry("src/main/java/author/MapCacheProvider.java", Block.printed("docs/howto/own-cache.md", "java", 3)),
            entry(
                    "src/test/java/author/MapCacheContractTest.java",
                    Block.printed("docs/howto/own-cache.md", "java", 4)),
            entry("src/test/java/author/Stores.java", Block.printed("docs/howto/own-store.md", "java", 1)),
            entry(
                    "src/test/java/author/SessionStoreContractTest.java",
                    Block.printed("docs/howto/own-store.md", "java", 2)),
            entry(
                    "src/test/java/author/RevocationLogContractTest.java",
                    Block.printed("docs/howto/own-store.md", "java", 3)),
            entry(
                    "src/test/java/author/SessionSearchContractTest.java",
                    Block.printed("docs/howto/own-store.md", "java", 4)),
            entry("src/test/java/author/KeyRingContractTest.java", Block.printed("docs/howto/own-store.md", "java", 5)),
            entry("src/main/java/author/TellingStore.java", Block.printed("docs/howto/own-store.md", "java", 6)),
            entry("src/main/java/author/Bus.java", Block.printed("docs/howto/own-channel.md", "java", 1)),
            entry("src/main/java/author/BusProvider.java", Block.printed("docs/howto/own-channel.md", "java", 2)),
            entry("src/test/java/author/BusContractTest.java", Block.printed("docs/howto/own-channel.md", "java", 3)));

    @Test
    void whatIsPrintedIsWhatTheAuthorHas() {
        assertThat(FILES)
                .allSatisfy((file, printed) ->
                        assertThat(Block.read(AUTHOR.resolve(file))).isEqualTo(printed.text()));
    }

    @Test
    void theAuthorHasTheDependenciesThatArePrinted() {
        assertThat(Block.read(AUTHOR.resolve("pom.xml")))
                .contains(DEPENDENCIES.text().indent(4));
    }

    @Test
    void theProvidersAreNamedAsThePagesSay() {
        assertThat(provider("own-cache.md", "SessionCacheProvider")).isEqualTo("author.MapCacheProvider");
        assertThat(provider("own-channel.md", "RevocationChannelProvider")).isEqualTo("author.BusProvider");
    }

    /** The line of the file in which a page says that a provider is named. */
    private static String provider(String page, String kind) {
        String file = "src/main/resources/META-INF/services/dev.lockstep.spi." + kind;
        String line = Block.read(AUTHOR.resolve(file)).strip();
        assertThat(Block.read(Path.of("docs", "howto", page))).contains("`" + file + "`", "`" + line + "`");
        return line;
    }
}
