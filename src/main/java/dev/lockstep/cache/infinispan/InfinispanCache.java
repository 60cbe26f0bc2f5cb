package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.spi.CacheContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;

/**
 * Copies in an Infinispan cache of the application's own. Keys: the 32 bytes of the digest; values: the message
 * {@code SessionCopy}; both as they are, so that no marshaller and no class of ours is involved. Each with its lifespan;
 * bounded by number.
 *
 * <p>Thread-safe. An operation that other nodes do not answer within the deadline throws a {@link CacheException}.
 */
final class InfinispanCache implements SessionCache, AutoCloseable {

    private final InfinispanNode node;
    private final AdvancedCache<byte[], byte[]> cache;
    private final AdvancedCache<byte[], byte[]> writing;
    private final CopyCodec codec = new CopyCodec();

    private InfinispanCache(InfinispanNode node, Cache<byte[], byte[]> cache) {
        this.node = node;
        this.cache = cache.getAdvancedCache();
        this.writing = this.cache.withFlags(Flag.IGNORE_RETURN_VALUES);
    }

    static InfinispanCache open(InfinispanSettings settings, CacheContext context) {
        InfinispanNode node = InfinispanNode.open(settings, context);
        return new InfinispanCache(node, node.cache(settings, context));
    }

    InfinispanNode node() {
        return node;
    }

    AdvancedCache<byte[], byte[]> raw() {
        return cache;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        byte[] key = digest.toBytes();
        try {
            byte[] value = cache.get(key);
            if (value == null) {
                return null;
            }
            SessionCopy copy = codec.decode(value, digest);
            if (copy == null) {
                writing.remove(key);
            }
            return copy;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            invalidate(copy.digest());
            return;
        }
        try {
            writing.put(
                    copy.digest().toBytes(),
                    codec.encode(copy),
                    Math.max(1, timeToLive.toMillis()),
                    TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        try {
            writing.remove(digest.toBytes());
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void clear() {
        try {
            cache.clear();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws IOException {
        node.close();
    }

    private static CacheException failure(RuntimeException e) {
        return new CacheException("LOCKSTEP-0322 Infinispan did not do as asked: " + e.getMessage(), e);
    }
}
