package dev.lockstep.cache.hotrod;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.infinispan.client.hotrod.RemoteCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;

/** The contracts against some arrangement of Infinispan Servers. */
abstract class HotRodContract extends SharedCacheContract {

    @AutoClose
    private ReconnectingClient<RemoteCache<byte[], byte[]>> raw;

    /** Opening does not wait long for the first connection; the tests do. */
    @Override
    protected void openMore() {
        super.openMore();
        HotRodSettings settings = HotRodSettings.read(new MapSettings(settings()));
        raw = HotRodCache.connect(settings, context("raw"));
        for (SessionCache each : List.of(cache, second, other)) {
            awaitAnswer(() -> each.get(SessionCopies.fresh().digest()));
        }
        awaitAnswer(() -> raw.call(server -> server.containsKeyAsync(new byte[1])));
    }

    private static void awaitAnswer(Runnable question) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThatCode(question::run).doesNotThrowAnyException());
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
        raw.call(server -> server.putAsync(CacheKeys.of(application).bytes(digest), value));
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) {
        return raw.call(server -> server.getAsync(CacheKeys.of(application).bytes(digest)));
    }

    @Override
    protected List<byte[]> everything(String application) {
        return raw.call(server -> CompletableFuture.completedFuture(server.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toList()));
    }
}
