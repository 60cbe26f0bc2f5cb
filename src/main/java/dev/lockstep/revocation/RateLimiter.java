package dev.lockstep.revocation;

import dev.lockstep.spi.NodeClock;
import java.util.concurrent.TimeUnit;

/**
 * How many may be had now: a token bucket, by the monotonic clock. Thread-safe.
 */
final class RateLimiter {

    private final int most;
    private final long nanosForOne;
    private final NodeClock clock;
    private long fullAt;

    /**
     * @param most as many as may be had at once
     * @param perSecond how many there are more each second
     */
    RateLimiter(int most, int perSecond, NodeClock clock) {
        this.most = most;
        this.nanosForOne = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.clock = clock;
        this.fullAt = clock.nanoTime();
    }

    /** Takes as many, or none where there are less. */
    synchronized boolean take(int number) {
        long now = clock.nanoTime();
        long taken = Math.max(0, fullAt - now) + number * nanosForOne;
        if (taken > most * nanosForOne) {
            return false;
        }
        fullAt = now + taken;
        return true;
    }

    /** Puts back what was taken and turned out not to count. */
    synchronized void giveBack(int number) {
        fullAt -= number * nanosForOne;
    }
}
