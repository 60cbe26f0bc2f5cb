package dev.lockstep.cache.hotrod;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The contracts against some arrangement of Infinispan Servers. */
abstract class HotRodContract extends SharedCacheContract {

    private HotRodLink link;

    /** Opening does not wait long for the first connection; the tests do. */
    @Override
    protected void openMore() {
        super.openMore();
        HotRodSettings settings = HotRodSettings.read(new MapSettings(settings()));
        link = HotRodLink.open(new HotRodClients(settings, context("raw")), context("raw"));
        for (SessionCache each : List.of(cache, second, other)) {
            awaitAnswer(() -> each.get(SessionCopies.fresh().digest()));
        }
        awaitAnswer(() -> link.call(server -> server.containsKeyAsync(new byte[1])));
    }

    private static void awaitAnswer(Runnable question) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThatCode(question::run).doesNotThrowAnyException());
    }

    @AfterAll
    void closeIt() {
        link.close();
    }

    @Override
    protected SessionCacheProvider provider() {
        return new HotRodCacheProvider();
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) {
        link.call(server -> server.putAsync(CacheKeys.of(application).bytes(digest), value));
    }

    @Override
    protected boolean holds(String application, TokenDigest digest) {
        return link.call(
                server -> server.containsKeyAsync(CacheKeys.of(application).bytes(digest)));
    }
}
