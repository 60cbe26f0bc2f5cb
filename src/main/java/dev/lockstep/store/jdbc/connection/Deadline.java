package dev.lockstep.store.jdbc.connection;

import dev.lockstep.spi.NodeClock;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/**
 * A moment of the monotonic clock after which nobody waits for an answer any more.
 *
 * @param clock measures
 * @param nanos the moment
 */
public record Deadline(NodeClock clock, long nanos) {

    public static Deadline after(NodeClock clock, Duration timeout) {
        return new Deadline(clock, clock.nanoTime() + timeout.toNanos());
    }

    long remainingNanos() {
        return nanos - clock.nanoTime();
    }

    /** Rounded up, at least 1: drivers take 0 for "no limit". */
    public int remainingMillis() {
        long millis = Math.max(1, (remainingNanos() + 999_999) / 1_000_000);
        return (int) Math.min(millis, Integer.MAX_VALUE / 2);
    }

    /** Fails if it has passed, so that a transaction that nobody waits for is rolled back. */
    public void check() throws SQLTimeoutException {
        if (remainingNanos() <= 0) {
            throw new SQLTimeoutException("the deadline has passed");
        }
    }
}
