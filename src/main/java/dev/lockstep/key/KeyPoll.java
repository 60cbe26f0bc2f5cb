package dev.lockstep.key;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.time.Instant;

/**
 * What a poll has told of the key.
 *
 * @param version the number of the version in force; 0 for none
 * @param storeMillis the store's clock at that moment
 * @param sentNanos the node's monotonic clock before the poll was sent
 * @param sentWallMillis its wall clock then
 */
record KeyPoll(long version, long storeMillis, long sentNanos, long sentWallMillis) {

    /** Of a node that has not polled yet. */
    static final KeyPoll NONE = new KeyPoll(0, 0, 0, 0);

    Instant storeTime() {
        return Instant.ofEpochMilli(storeMillis);
    }

    /** By both clocks, as with a lease: a machine may be suspended, or its clock set back. */
    boolean isWithin(Duration period, NodeClock clock) {
        return clock.nanoTime() - sentNanos < period.toNanos()
                && clock.wallMillis() - sentWallMillis < period.toMillis();
    }
}
