package dev.lockstep.spi;

import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A cache on this machine that can return copies without reading the clocks, for a caller that
 * reads them anyway before it uses a copy: reading clocks is a considerable part of the cost of a
 * hit.
 */
public interface TimedCache extends SessionCache {

    /**
     * Like {@link #get}, but the copy may be past its time to live.
     *
     * @throws dev.lockstep.CacheException if it can't be told
     */
    @Nullable
    TimedCopy getTimed(TokenDigest digest);

    /**
     * The cache itself if it is timed; otherwise a view of it that checks the time to live on each
     * call.
     */
    static TimedCache of(SessionCache cache) {
        return cache instanceof TimedCache timed ? timed : new SelfTimedCache(cache);
    }

    /**
     * A copy and its time to live. Immutable. What a hit asks for is asked for part by part, so
     * that a cache that keeps the parts in an object of its own need not make a
     * {@link SessionCopy}.
     */
    interface TimedCopy {

        SessionCopy copy();

        /** {@link SessionCopy#digest}. */
        default TokenDigest digest() {
            return copy().digest();
        }

        /** {@link SessionCopy#session}. */
        default Session session() {
            return copy().session();
        }

        /** {@link SessionCopy#epoch}. */
        default long epoch() {
            return copy().epoch();
        }

        /** {@link SessionCopy#position}. */
        default long position() {
            return copy().position();
        }

        /**
         * Whether its time to live is over.
         *
         * @param nanos {@link NodeClock#nanoTime}
         * @param wallMillis {@link NodeClock#wallMillis}
         */
        boolean hasExpired(long nanos, long wallMillis);
    }
}
