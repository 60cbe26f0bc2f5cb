package dev.lockstep.spi;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import java.time.Duration;

/**
 * A base class for caches that count times to live: one that is over drops the entry, and none is
 * longer than a hundred years. As thread-safe as its subclass.
 */
public abstract class ExpiringCache implements SessionCache {

    /** As good as for ever; its nanoseconds can still be added to a clock's. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Override
    public final void put(SessionCopy copy, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            invalidate(copy.digest());
        } else {
            keep(copy, timeToLive.compareTo(LONGEST) < 0 ? timeToLive : LONGEST);
        }
    }

    /**
     * Stores a copy under its digest, replacing any earlier one.
     *
     * @param timeToLive from a nanosecond to a hundred years
     * @throws dev.lockstep.CacheException if it is not known that it is kept
     */
    protected abstract void keep(SessionCopy copy, Duration timeToLive);
}
