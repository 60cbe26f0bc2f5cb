package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.EncodedCache;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.redaction.RootCause;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.SharedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;

/**
 * Copies in an Infinispan cache of the application's own. Keys: the 32 bytes of the digest; values:
 * sealed copies; both as they are, so that no marshaller and no class of ours is
 * involved. Each with its lifespan; bounded by number.
 *
 * <p>Thread-safe. An operation that other nodes do not answer within the deadline throws a
 * {@link CacheException}.
 */
final class InfinispanCache extends EncodedCache implements LocalCache, SharedConnection.Source, AutoCloseable {

    private final InfinispanNode node;
    private final AdvancedCache<byte[], byte[]> cache;
    private final AdvancedCache<byte[], byte[]> writing;
    private final boolean local;

    private InfinispanCache(InfinispanNode node, Cache<byte[], byte[]> cache, CopySeal seal) {
        super(seal);
        this.node = node;
        this.cache = cache.getAdvancedCache();
        this.writing = this.cache.withFlags(Flag.IGNORE_RETURN_VALUES);
        this.local = isLocal(cache.getCacheConfiguration());
    }

    static InfinispanCache open(InfinispanSettings settings, CacheContext context) {
        InfinispanNode node = InfinispanNode.open(settings, context);
        return new InfinispanCache(node, node.cache(settings, context), context.seal());
    }

    /** Reads of a replicated cache ask no other node, except while this one joins. */
    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public InfinispanNode connection() {
        return node;
    }

    AdvancedCache<byte[], byte[]> raw() {
        return cache;
    }

    @Override
    public void invalidate(TokenDigest digest) {
        call(() -> writing.remove(digest.toBytes()));
    }

    @Override
    public void clear() {
        call(() -> {
            cache.clear();
            return null;
        });
    }

    @Override
    public void close() throws IOException {
        node.close();
    }

    @Override
    protected byte @Nullable [] read(TokenDigest digest) {
        return call(() -> cache.get(digest.toBytes()));
    }

    @Override
    protected void write(TokenDigest digest, byte[] bytes, Duration timeToLive) {
        long lifespan = millis(timeToLive);
        call(() -> writing.put(digest.toBytes(), bytes, lifespan, TimeUnit.MILLISECONDS));
    }

    /** By what the cache is: its configuration may be the application's or the server's own. */
    private static boolean isLocal(Configuration configuration) {
        CacheMode mode = configuration.clustering().cacheMode();
        return (mode.isReplicated() || !mode.isClustered())
                && !configuration.persistence().usingStores();
    }

    private static byte @Nullable [] call(Supplier<byte @Nullable []> operation) {
        try {
            return operation.get();
        } catch (RuntimeException e) {
            throw new CacheException(
                    "LOCKSTEP-0322 An Infinispan operation failed: " + RootCause.of(e), Redaction.cause(e, ""));
        }
    }
}
