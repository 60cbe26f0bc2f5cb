package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis dies, hangs, comes late and comes back. */
class RedisFaultTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final SessionCopy copy = SessionCopies.fresh();
    private RedisProcess server;
    private SessionCache cache;

    @AfterEach
    void stop() throws Exception {
        ((AutoCloseable) cache).close();
        scheduler.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aServerThatStartsLaterIsFound() throws Exception {
        server = RedisProcess.notYetStarted();
        cache = open(server.port());
        assertThatThrownBy(() -> cache.get(copy.digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("LOCKSTEP-0311");
        server.start();
        awaitAnswers();
    }

    @Test
    void aServerThatWasKilledIsFoundAgain() throws Exception {
        server = RedisProcess.server();
        cache = open(server.port());
        cache.put(copy, LONG);
        server.kill();
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class));
        server.start();
        awaitAnswers();
    }

    @Test
    void aServerThatHangsCostsTheDeadlineAndIsUsedAgain() throws Exception {
        server = RedisProcess.server();
        cache = open(server.port());
        cache.put(copy, LONG);
        server.pause();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class);
        }
        server.resume();
        awaitAnswers();
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void whatTheServerLostIsAMiss() throws Exception {
        server = RedisProcess.server();
        cache = open(server.port());
        cache.put(copy, LONG);
        server.kill();
        server.start();
        awaitAnswers();
        assertThat(cache.get(copy.digest())).isNull();
    }

    private SessionCache open(int port) {
        ContractContext context =
                ContractContext.of("/fault", scheduler, NodeClock.SYSTEM).withTimeout(Duration.ofMillis(200));
        return new RedisCacheProvider()
                .configure(new MapSettings(Map.of("uri", "redis://127.0.0.1:" + port)))
                .open(context);
    }

    private void awaitAnswers() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> {
                    SessionCopy other = SessionCopies.fresh();
                    cache.put(other, LONG);
                    return other.equals(cache.get(other.digest()));
                });
    }
}
