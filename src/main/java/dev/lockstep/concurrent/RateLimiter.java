package dev.lockstep.concurrent;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many may be had now: a token bucket, by the monotonic clock. Thread-safe.
 */
public final class RateLimiter {

    private final int most;
    private final long nanosForOne;
    private final LongSupplier clock;
    private long fullAt;

    /**
     * @param most as many as may be had at once
     * @param perSecond how many there are more each second
     * @param clock the monotonic time, in nanoseconds
     */
    public RateLimiter(int most, int perSecond, LongSupplier clock) {
        this.most = most;
        this.nanosForOne = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.clock = clock;
        this.fullAt = clock.getAsLong();
    }

    /** Takes as many, or none where there are less. */
    public synchronized boolean take(int number) {
        long now = clock.getAsLong();
        long taken = Math.max(0, fullAt - now) + number * nanosForOne;
        if (taken > most * nanosForOne) {
            return false;
        }
        fullAt = now + taken;
        return true;
    }

    /** Puts back what was taken and turned out not to count. */
    public synchronized void giveBack(int number) {
        fullAt -= number * nanosForOne;
    }
}
