package dev.lockstep.cache.hotrod;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.cache.wire.EncodedCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.commons.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Copies in a cache of an Infinispan Server that applications may share. Keys: prefix, application,
 * a colon, and the 32 bytes of the digest; values: sealed copies; each with its
 * lifespan. The server bounds their number.
 *
 * <p>Thread-safe. An operation that is not answered within the deadline, or that the server
 * refuses, throws a {@link dev.lockstep.CacheException}; without a connection it does so at once.
 */
final class HotRodCache extends EncodedCache implements AutoCloseable {

    /** Keys of one round trip: some 40 KB. */
    private static final int PAGE_KEYS = 1000;

    private final ReconnectingClient<RemoteCache<byte[], byte[]>> client;
    private final CacheKeys keys;

    private HotRodCache(ReconnectingClient<RemoteCache<byte[], byte[]>> client, CacheKeys keys, CopySeal seal) {
        super(seal);
        this.client = client;
        this.keys = keys;
    }

    static HotRodCache open(HotRodSettings settings, CacheContext context) {
        CacheKeys keys = CacheKeys.of(settings.prefix(), context.application());
        return new HotRodCache(connect(settings, context), keys, context.seal());
    }

    /** Finding a server and logging in may each take as long as connecting may. */
    static ReconnectingClient<RemoteCache<byte[], byte[]>> connect(HotRodSettings settings, CacheContext context) {
        HotRodClients clients = new HotRodClients(settings, context);
        Duration patience = HotRodClients.CONNECT_TIMEOUT.multipliedBy(2);
        return ReconnectingClient.open(clients, context, context.scheduler(), patience);
    }

    @Override
    public void invalidate(TokenDigest digest) {
        byte[] key = keys.bytes(digest);
        client.call(server -> server.removeAsync(key));
    }

    /** Walks through all keys of the cache, others' too, and drops ours. */
    @Override
    public void clear() {
        client.call(server -> {
            dropAll(server);
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    protected byte @Nullable [] read(TokenDigest digest) {
        byte[] key = keys.bytes(digest);
        return client.call(server -> server.getAsync(key));
    }

    @Override
    protected void write(TokenDigest digest, byte[] bytes, Duration timeToLive) {
        byte[] key = keys.bytes(digest);
        long lifespan = millis(timeToLive);
        client.call(server -> server.putAsync(key, bytes, lifespan, TimeUnit.MILLISECONDS));
    }

    /** Each step has the client's own time-out. */
    private void dropAll(RemoteCache<byte[], byte[]> server) {
        List<CompletableFuture<?>> page = new ArrayList<>();
        try (CloseableIterator<byte[]> all = server.keySet().iterator()) {
            while (all.hasNext()) {
                byte[] key = all.next();
                if (keys.owns(key)) {
                    page.add(server.removeAsync(key));
                }
                if (page.size() == PAGE_KEYS || !all.hasNext()) {
                    page.forEach(CompletableFuture::join);
                    page.clear();
                }
            }
        }
    }
}
