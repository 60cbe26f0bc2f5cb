package dev.lockstep.cache.hotrod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.Ports;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of two servers dies. */
class HotRodFailoverTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private InfinispanServer first;
    private InfinispanServer second;
    private HotRodCache cache;

    @AfterEach
    void stop() {
        cache.close();
        scheduler.shutdownNow();
        first.close();
        second.close();
    }

    @Test
    void theOtherServerGoesOn() throws Exception {
        List<Integer> ports = List.of(Ports.free(), Ports.free());
        first = InfinispanServer.member(ports, 0);
        second = InfinispanServer.member(ports, 1);
        first.awaitListening();
        second.awaitListening();
        first.awaitMembers(2);
        second.awaitMembers(2);
        cache = (HotRodCache) open(Map.of(
                "uri",
                first.uri(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "replicated"));
        SessionCopy copy = SessionCopies.fresh();
        awaitAnswer(copy);
        first.kill();
        awaitAnswer(SessionCopies.fresh());
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    private SessionCache open(Map<String, String> settings) {
        return new HotRodCacheProvider()
                .configure(new MapSettings(settings))
                .open(ContractContext.of("/failover", scheduler, NodeClock.SYSTEM));
    }

    private void awaitAnswer(SessionCopy copy) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> {
                    cache.put(copy, LONG);
                    return copy.equals(cache.get(copy.digest()));
                });
    }
}
