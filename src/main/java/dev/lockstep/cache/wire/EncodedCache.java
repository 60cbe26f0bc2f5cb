package dev.lockstep.cache.wire;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.ExpiringCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cache outside the heap: copies as sealed bytes. Bytes that the seal does not open are a miss.
 * They stay, since what is loaded instead takes their place, and to remove them would cost whoever
 * asks a second trip; and another node may know a key that this one does not know yet.
 *
 * <p>Thread-safe if what keeps the bytes is.
 */
public abstract class EncodedCache extends ExpiringCache {

    private final CopySeal seal;

    protected EncodedCache(CopySeal seal) {
        this.seal = seal;
    }

    @Override
    public final @Nullable SessionCopy get(TokenDigest digest) {
        byte[] bytes = read(digest);
        return bytes == null ? null : seal.open(digest, bytes);
    }

    /** Does nothing where there is nothing to keep: a copy of before is judged when it is used. */
    @Override
    protected final void keep(SessionCopy copy, Duration timeToLive) {
        byte[] sealed = seal.seal(copy);
        if (sealed != null) {
            write(copy.digest(), sealed, timeToLive);
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
