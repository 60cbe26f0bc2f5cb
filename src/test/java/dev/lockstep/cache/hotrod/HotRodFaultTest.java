package dev.lockstep.cache.hotrod;

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

/** The server comes late, dies, comes back without its data, and hangs. */
class HotRodFaultTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final SessionCopy copy = SessionCopies.fresh();
    private InfinispanServer server;
    private SessionCache cache;

    @AfterEach
    void stop() throws Exception {
        ((AutoCloseable) cache).close();
        scheduler.shutdownNow();
        server.close();
    }

    @Test
    void aServerThatComesLateIsFoundAndAgainAfterItLostEverything() throws Exception {
        server = InfinispanServer.notYetStarted();
        open();
        assertThatThrownBy(() -> cache.get(copy.digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("LOCKSTEP-0341");
        server.start();
        awaitAnswers();
        cache.put(copy, LONG);
        server.kill();
        assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class);
        server.wipe(); // the cache itself is gone, and is created again
        server.start();
        awaitAnswers();
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void aServerThatHangsCostsTheDeadlineAndIsUsedAgain() throws Exception {
        server = InfinispanServer.alone();
        server.awaitListening();
        open();
        awaitAnswers();
        cache.put(copy, LONG);
        server.pause();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class);
        }
        server.resume();
        awaitAnswers();
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    private void open() {
        ContractContext context =
                ContractContext.of("/fault", scheduler, NodeClock.SYSTEM).withTimeout(Duration.ofMillis(500));
        MapSettings settings = new MapSettings(Map.of(
                "uri",
                server.uri(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "local"));
        cache = new HotRodCacheProvider().configure(settings).open(context);
        assertThat(settings.problems()).isEmpty();
    }

    private void awaitAnswers() {
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> {
                    SessionCopy other = SessionCopies.fresh();
                    cache.put(other, LONG);
                    return other.equals(cache.get(other.digest()));
                });
    }
}
