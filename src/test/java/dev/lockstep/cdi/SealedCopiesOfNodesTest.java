package dev.lockstep.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two deployments that share a database and a cache, and the key that the database keeps. */
class SealedCopiesOfNodesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        Heard.SOURCES.clear();
        Heard.FLAWS.clear();
    }

    @Test
    void eachOpensWhatTheOtherSealedUntilTheKeyIsReplacedAsLeaked() throws Exception {
        Map<String, String> shared = Map.of(
                "lockstep.application", "/shop",
                "lockstep.store.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "lockstep.near", "false",
                "lockstep.cache", "database",
                "lockstep.database.url", "jdbc:sqlite:" + folder.resolve("cache.db"));
        try (SeApplication first = SeApplication.start(shared);
                SeApplication second = SeApplication.start(shared, Heard.class)) {
            IssuedToken issued = first.get(SessionManager.class)
                    .open("principal-of-this-test", Set.of("group-of-this-test"), Map.of("name-of-this-test", ""));
            assertThat(first.get(SessionManager.class).find(issued.token())).isPresent();
            SessionManager sessions = second.get(SessionManager.class);

            await().until(() -> answer(sessions, issued) == Source.SHARED);
            assertThat(allBytes()).contains("/shop").doesNotContain("-of-this-test");
            assertThat(Heard.FLAWS).isEmpty();

            second.deployment().key().replace(Former.LEAKED);
            assertThat(answer(sessions, issued)).isEqualTo(Source.STORE);
            assertThat(Heard.FLAWS).containsExactly(Flaw.UNKNOWN_KEY);
            assertThat(answer(sessions, issued)).isEqualTo(Source.SHARED);
        }
    }

    /** Before a node's first lease it is the store. */
    private static Source answer(SessionManager sessions, IssuedToken issued) {
        assertThat(sessions.find(issued.token())).isPresent();
        return Heard.SOURCES.get(Heard.SOURCES.size() - 1);
    }

    private String allBytes() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return all.toString();
    }

    @ApplicationScoped
    static class Heard implements NodeListener {

        static final List<Source> SOURCES = new CopyOnWriteArrayList<>();
        static final List<Flaw> FLAWS = new CopyOnWriteArrayList<>();

        @Override
        public void lookedUp(Source answeredBy, Result result, long nanos) {
            SOURCES.add(answeredBy);
        }

        @Override
        public void copyFlawed(String cache, Flaw why) {
            FLAWS.add(why);
        }
    }
}
