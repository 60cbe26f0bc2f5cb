package dev.lockstep.cache.sharedmemory;

import dev.lockstep.spi.NodeClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes kept under a digest: a checksum of all that follows; when they were written, by the wall clock (milliseconds)
 * and by the monotonic clock (nanoseconds); how long they live (nanoseconds); the payload.
 *
 * <p>An entry is alive while <b>both</b> clocks place now between the writing and the end of its time to live. On Linux
 * all JVMs of a machine share both. Where one has another monotonic clock, or the wall clock was moved, entries look dead,
 * and that costs hits; an entry outlives its time only if both clocks are set back together, as when a machine is
 * restored to an earlier state, and then its memory is restored with it. Its reader judges the copy anyway.
 *
 * <p>The checksum is there because others write this memory too: a damaged entry costs a hit and no more.
 * Stateless.
 */
final class Entry {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int SUM = 0;
    private static final int WRITTEN = 4;
    private static final int TICKED = 12;
    private static final int LIFE = 20;
    private static final int PAYLOAD = 28;

    private Entry() {}

    static byte[] make(byte[] payload, Duration timeToLive, NodeClock clock) {
        byte[] entry = new byte[PAYLOAD + payload.length];
        ByteBuffer buffer = ByteBuffer.wrap(entry)
                .putInt(0)
                .putLong(clock.wallMillis())
                .putLong(clock.nanoTime())
                .putLong(nanos(timeToLive))
                .put(payload);
        buffer.putInt(SUM, sum(entry));
        return entry;
    }

    /** The payload, or null where the entry is dead or damaged. */
    static byte @Nullable [] payload(byte[] entry, NodeClock clock) {
        if (entry.length < PAYLOAD) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        boolean usable = buffer.getInt(SUM) == sum(entry) && isAlive(buffer, clock);
        return usable ? Arrays.copyOfRange(entry, PAYLOAD, entry.length) : null;
    }

    /** When it can be swept, by the wall clock; at once, if it isn't an entry. */
    static long expires(byte[] entry) {
        if (entry.length < PAYLOAD) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        return buffer.getLong(WRITTEN) + millis(buffer.getLong(LIFE));
    }

    private static boolean isAlive(ByteBuffer entry, NodeClock clock) {
        long life = entry.getLong(LIFE);
        return isWithin(clock.nanoTime() - entry.getLong(TICKED), life)
                && isWithin(clock.wallMillis() - entry.getLong(WRITTEN), millis(life));
    }

    private static boolean isWithin(long age, long life) {
        return age >= 0 && age < life;
    }

    private static long nanos(Duration timeToLive) {
        return timeToLive.compareTo(LONGEST) < 0 ? timeToLive.toNanos() : LONGEST.toNanos();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }

    private static int sum(byte[] entry) {
        CRC32C sum = new CRC32C();
        sum.update(entry, WRITTEN, entry.length - WRITTEN);
        return (int) sum.getValue();
    }
}
