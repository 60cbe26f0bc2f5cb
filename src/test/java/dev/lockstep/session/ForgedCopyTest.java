package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.database.DatabaseCacheProvider;
import dev.lockstep.cache.redis.RedisCacheProvider;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.contract.FormerRelease;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.spi.SessionCacheProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who can write to the cache, and knows all that is public, makes a session for a token of their
 * own: of the principal root, for ten years, and so far ahead in the log that no logout comes after
 * it.
 */
class ForgedCopyTest extends NodeScenario {

    private static final String APPLICATION = "test";
    private static final Duration LONG = Duration.ofHours(1);
    private static final long YEARS = Duration.ofDays(3650).toMillis();

    private final SessionToken own = SessionToken.of("x".repeat(42) + "A");
    private final TokenDigest digest = Digests.of(APPLICATION, own);

    @TempDir
    Path folder;

    @Test
    void bySqlite() throws Exception {
        forge(new DatabaseCacheProvider(), Map.of("url", "jdbc:sqlite:" + folder.resolve("cache.db")));
    }

    @Test
    void byRedis() throws Exception {
        try (RedisProcess server = RedisProcess.server()) {
            forge(new RedisCacheProvider(), Map.of("uri", "redis://127.0.0.1:" + server.port()));
        }
    }

    private void forge(SessionCacheProvider provider, Map<String, String> settings) throws Exception {
        try (OpenedCaches caches = new OpenedCaches(provider, APPLICATION)) {
            SessionCache former = caches.open(settings, caches.context().withSeals(it -> new FormerRelease()));
            SessionManager before = node(null, former, LEASE);
            IssuedToken honest = openOnceLeased(before);
            SessionCopy known = former.get(Digests.of(APPLICATION, honest.token()));
            former.put(root(known), LONG);
            assertThat(before.find(own)).map(Session::principal).contains("root");
            before.revokeAll("root");
            assertThat(before.find(own)).as("after its logout").isPresent();

            SessionManager now = node(null, caches.open(settings), LEASE);
            IssuedToken another = openOnceLeased(now);
            former.put(root(known), LONG);
            assertThat(now.find(own)).isEmpty();
            assertThat(now.find(another.token())).isPresent();
        }
    }

    private SessionCopy root(SessionCopy known) {
        long time = System.currentTimeMillis();
        Session root = Session.ofMillis("id", "root", Set.of("admin"), Map.of(), time, time, time + YEARS, YEARS);
        return new SessionCopy(digest, root, known.epoch(), known.position() + 1_000);
    }
}
