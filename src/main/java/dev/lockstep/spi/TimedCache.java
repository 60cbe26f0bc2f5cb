package dev.lockstep.spi;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A cache on this machine whose copies can be had without a reading of the clocks, by who reads them anyway before using
 * one: readings of clocks are a good part of what a hit costs.
 */
public interface TimedCache extends SessionCache {

    /**
     * As {@link #get}, but perhaps past its time to live.
     *
     * @throws dev.lockstep.CacheException if it can't be told
     */
    @Nullable
    TimedCopy getTimed(TokenDigest digest);

    /** The same cache: one that is not timed judges the time to live itself, whenever it is asked. */
    static TimedCache of(SessionCache cache) {
        return cache instanceof TimedCache timed ? timed : new JudgingCache(cache);
    }

    /** A copy and its time to live. Immutable. */
    interface TimedCopy {

        SessionCopy copy();

        /**
         * Whether its time to live is over.
         *
         * @param nanos {@link NodeClock#nanoTime}
         * @param wallMillis {@link NodeClock#wallMillis}
         */
        boolean hasExpired(long nanos, long wallMillis);
    }
}
