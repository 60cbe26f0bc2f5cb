package dev.lockstep.revocation;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;

/**
 * Until when a node may believe that its facts are complete, and what the store's clock said when
 * it was granted. Immutable.
 *
 * <p>It is over as soon as either clock says so: the monotonic clock stands still while a machine
 * is suspended, the wall clock can be set back, and for a lease to outlive its time both would have
 * to fail.
 *
 * @param startNanos the monotonic clock before the poll that granted it was sent
 * @param endNanos its end by the monotonic clock
 * @param endWallMillis its end by the wall clock
 * @param storeMillis the store's clock, read after {@code startNanos}
 */
record Lease(long startNanos, long endNanos, long endWallMillis, long storeMillis) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * A moment noted before a poll was sent: leases are counted from it, never from the poll's end.
     */
    record Start(long nanos, long wallMillis) {

        static Start now(NodeClock clock) {
            return new Start(clock.nanoTime(), clock.wallMillis());
        }

        /** How long ago that is, by the monotonic clock. */
        Duration elapsed(NodeClock clock) {
            return Duration.ofNanos(clock.nanoTime() - nanos);
        }
    }

    static Lease from(Start start, Duration length, long storeMillis) {
        return new Lease(
                start.nanos, start.nanos + length.toNanos(), start.wallMillis + length.toMillis(), storeMillis);
    }

    boolean isRunning(long nanos, long wallMillis) {
        return nanos - endNanos < 0 && wallMillis < endWallMillis;
    }

    /**
     * The store's clock now, or a little later: never so early that an expired session would pass
     * for a live one.
     */
    long storeMillisAt(long nanos) {
        return storeMillis + Math.floorDiv(nanos - startNanos, NANOS_PER_MILLI) + 1;
    }
}
