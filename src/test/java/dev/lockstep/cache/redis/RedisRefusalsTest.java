package dev.lockstep.cache.redis;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static dev.lockstep.contract.OpenedCaches.awaitAnswers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.docs.Block;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that does some of what is asked. */
class RedisRefusalsTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** More than the breaker lets pass, and several times what gives a connection up. */
    private static final int MANY = 60;

    private final OpenedCaches caches = new OpenedCaches(new RedisCacheProvider(), "/refusals");
    private RedisProcess server;

    @BeforeEach
    void start() throws IOException {
        server = RedisProcess.server();
    }

    @AfterEach
    void stop() throws Exception {
        caches.close();
        server.close();
    }

    @Test
    void aFullServerIsReadOn() throws Exception {
        assertReadOn("CONFIG SET maxmemory 1");
    }

    @Test
    void aReplicaIsReadOn() throws Exception {
        assertReadOn("REPLICAOF 127.0.0.1 1");
    }

    @Test
    void theUserOfTheHowToMayDoWhatTheCacheDoes() throws Exception {
        assertThat(told(ruleOfTheHowTo().replace("PASSWORD", "correct"))).isEqualTo("+OK");
        SessionCache cache = caches.open(Map.of("uri", uri("/1"), "user", "lockstep", "password", "correct"));
        SessionCopy copy = awaitAnswers(cache);
        cache.invalidate(copy.digest());
        assertThat(cache.get(copy.digest())).isNull();
        cache.put(copy, LONG);
        cache.clear();
        assertThat(cache.get(copy.digest())).isNull();
    }

    /** It quotes what comes with a command that it does not know, here the password. */
    @Test
    void aPasswordThatTheServerQuotesIsNotTold() throws Exception {
        try (RedisProcess old = RedisProcess.server("--rename-command", "AUTH", "", "--rename-command", "HELLO", "");
                CapturedLog log = new CapturedLog("dev.lockstep.cache.redis.RedisClients")) {
            var unused = caches.open(Map.of("uri", "redis://:xyzzy@127.0.0.1:" + old.port()));
            await().atMost(LONG_ENOUGH).until(() -> !log.messages().isEmpty());
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0310 ")
                    .contains("AUTH")
                    .doesNotContain("xyzzy");
        }
    }

    private void assertReadOn(String command) throws Exception {
        SessionCache direct = caches.open(Map.of("uri", uri("")), Duration.ofSeconds(5));
        GuardedCache guarded = caches.keep(GuardedCache.around(direct, "redis", caches.context()));
        SessionCopy copy = awaitAnswers(direct);
        assertThat(told(command)).isEqualTo("+OK");
        assertThatThrownBy(() -> direct.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
        for (int i = 0; i < MANY; i++) {
            assertThatThrownBy(() -> direct.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
            putAnyway(guarded);
            assertThat(guarded.get(copy.digest())).isEqualTo(copy);
        }
    }

    private static void putAnyway(SessionCache cache) {
        try {
            cache.put(SessionCopies.fresh(), LONG);
        } catch (CacheException e) {
            assertThat(e).hasMessageContaining("LOCKSTEP-0312");
        }
    }

    private String uri(String database) {
        return "redis://127.0.0.1:" + server.port() + database;
    }

    private static String ruleOfTheHowTo() {
        return Block.printed("docs/howto/redis.md", "redis", 1).text().strip();
    }

    private String told(String command) throws IOException {
        return RedisProcess.ask(server.port(), command);
    }
}
