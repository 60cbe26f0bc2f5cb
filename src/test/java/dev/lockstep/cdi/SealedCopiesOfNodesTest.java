package dev.lockstep.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.seal.SealedCopies;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** Bytes in front of a sealed copy in SQLite. */
    private static final int TIMES = 4 * Long.BYTES;

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        Heard.SOURCES.clear();
        Heard.FLAWS.clear();
    }

    @Test
    void eachOpensWhatTheOtherSealedUntilTheKeyIsReplacedAsLeaked() throws Exception {
        Map<String, String> shared = settings(false);
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

    /** Who knows the key and writes to the cache is anybody, until the key is replaced. */
    @Test
    void whatSomebodyMadeByALeakedKeyIsLeftInNoNearCacheEither() throws Exception {
        Map<String, String> shared = settings(true);
        try (SeApplication first = SeApplication.start(shared);
                SeApplication second = SeApplication.start(shared, Heard.class)) {
            SessionManager sessions = second.get(SessionManager.class);
            IssuedToken honest = first.get(SessionManager.class).open("alice", Set.of());
            await().until(() -> answer(sessions, honest) != Source.STORE);
            sweepTheCache();
            IssuedToken own = first.get(SessionManager.class).open("mallory", Set.of());
            assertThat(first.get(SessionManager.class).find(own.token())).isPresent();
            forge(new SealedCopies("/shop", "forged", first.deployment()::key, NodeListener.NONE));
            assertThat(sessions.find(own.token())).map(Session::principal).contains("root");
            assertThat(answer(sessions, own)).isEqualTo(Source.NEAR);

            second.deployment().key().replace(Former.LEAKED);

            assertThat(sessions.find(own.token())).map(Session::principal).contains("mallory");
            assertThat(answer(sessions, own)).isEqualTo(Source.NEAR);
        }
    }

    private Map<String, String> settings(boolean near) {
        return Map.of(
                "lockstep.application",
                "/shop",
                "lockstep.store.url",
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "lockstep.near",
                String.valueOf(near),
                "lockstep.cache",
                "database",
                "lockstep.database.url",
                url());
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("cache.db");
    }

    private void sweepTheCache() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM lockstep_cache_1");
        }
    }

    /** Changes the only copy that is there. */
    private void forge(CopySeal seal) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT digest, copy FROM lockstep_cache_1");
                PreparedStatement change = connection.prepareStatement("UPDATE lockstep_cache_1 SET copy = ?")) {
            assertThat(row.next()).isTrue();
            TokenDigest digest = TokenDigest.of(row.getBytes(1));
            byte[] whole = row.getBytes(2);
            SessionCopy genuine = seal.open(digest, whole, TIMES);
            assertThat(row.next()).isFalse();
            Session theirs = genuine.session();
            Session root = new Session(
                    theirs.id(),
                    "root",
                    Set.of("admin"),
                    Map.of(),
                    theirs.createdAt(),
                    theirs.lastSeenAt(),
                    theirs.expiresAt(),
                    theirs.idleTimeout());
            byte[] sealed = seal.seal(new SessionCopy(digest, root, genuine.epoch(), genuine.position()));
            change.setBytes(
                    1,
                    ByteBuffer.allocate(TIMES + sealed.length)
                            .put(whole, 0, TIMES)
                            .put(sealed)
                            .array());
            change.executeUpdate();
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
