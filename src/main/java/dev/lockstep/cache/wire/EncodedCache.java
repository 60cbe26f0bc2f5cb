package dev.lockstep.cache.wire;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.ExpiringCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cache outside the heap: copies as bytes, the message {@code SessionCopy}. Bytes that can't be
 * read, or are another digest's copy, are a miss and are removed.
 *
 * <p>Thread-safe if what keeps the bytes is.
 */
public abstract class EncodedCache extends ExpiringCache {

    private final CopyCodec codec = new CopyCodec();

    @Override
    public final @Nullable SessionCopy get(TokenDigest digest) {
        byte[] bytes = read(digest);
        if (bytes == null) {
            return null;
        }
        SessionCopy copy = codec.decode(bytes, digest);
        if (copy == null) {
            invalidate(digest);
        }
        return copy;
    }

    @Override
    protected final void keep(SessionCopy copy, Duration timeToLive) {
        if (CopyCodec.keeps(copy)) {
            write(copy.digest(), codec.encode(copy), timeToLive);
        } else {
            invalidate(copy.digest());
        }
    }

    /** A time to live in milliseconds, for what counts no less than one of them. */
    protected static long millis(Duration timeToLive) {
        return Math.max(1, timeToLive.toMillis());
    }

    /**
     * The bytes kept for a digest, or null.
     *
     * @throws dev.lockstep.CacheException if it can't be told
     */
    protected abstract byte @Nullable [] read(TokenDigest digest);

    /**
     * Keeps bytes for a digest.
     *
     * @param timeToLive from a nanosecond to a hundred years
     * @throws dev.lockstep.CacheException if it is not known that they are kept
     */
    protected abstract void write(TokenDigest digest, byte[] bytes, Duration timeToLive);
}
