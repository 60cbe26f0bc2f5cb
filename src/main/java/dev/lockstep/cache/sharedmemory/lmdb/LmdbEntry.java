package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is kept under a digest. In bytes: a checksum of all that follows; when it was written, by
 * the wall clock (milliseconds) and by the monotonic clock (nanoseconds); how long it lives
 * (nanoseconds); the sealed copy.
 *
 * <p>An entry is alive while <b>both</b> clocks place now between the writing and the end of its
 * time to live. On Linux all JVMs of a machine share both. Where one has another monotonic clock,
 * or the wall clock was moved, entries look dead, and that costs hits; an entry outlives its time
 * only if both clocks are set back together, as when a machine is restored to an earlier state, and
 * then its memory is restored with it. Its reader judges the copy anyway.
 *
 * <p>The checksum is there because others write this memory too: a damaged entry costs a hit and no
 * more. Immutable.
 *
 * @param writtenMillis when it was written, by the wall clock
 * @param writtenNanos when it was written, by the monotonic clock
 * @param lifeNanos how long it lives
 */
public record LmdbEntry(SessionCopy copy, long writtenMillis, long writtenNanos, long lifeNanos) implements TimedCopy {

    private static final int SUM = 0;
    private static final int WRITTEN_MILLIS = 4;
    private static final int WRITTEN_NANOS = 12;
    private static final int LIFE = 20;

    /** Where the sealed copy begins. */
    static final int COPY = 28;

    /** No longer is an entry; of what is longer no more is read, so that it is damaged. */
    static final int MOST_BYTES = COPY + CopySeal.MOST_BYTES;

    /** The bytes of an entry that is written now; {@code copy} is sealed. */
    public static byte[] encode(byte[] copy, Duration timeToLive, NodeClock clock) {
        byte[] entry = new byte[COPY + copy.length];
        ByteBuffer buffer = ByteBuffer.wrap(entry)
                .putInt(0)
                .putLong(clock.wallMillis())
                .putLong(clock.nanoTime())
                .putLong(timeToLive.toNanos())
                .put(copy);
        buffer.putInt(SUM, sum(entry));
        return entry;
    }

    /** Null where the bytes are damaged, or none that the seal opens for this digest. */
    public static @Nullable LmdbEntry decode(byte[] entry, TokenDigest expected, CopySeal seal) {
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        if (entry.length < COPY || buffer.getInt(SUM) != sum(entry)) {
            return null;
        }
        SessionCopy copy = seal.open(expected, entry, COPY);
        return copy == null
                ? null
                : new LmdbEntry(
                        copy, buffer.getLong(WRITTEN_MILLIS), buffer.getLong(WRITTEN_NANOS), buffer.getLong(LIFE));
    }

    /** When it can be swept, by the wall clock; at once, if it isn't an entry. */
    static long expires(byte[] entry) {
        if (entry.length < COPY) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        return buffer.getLong(WRITTEN_MILLIS) + millis(buffer.getLong(LIFE));
    }

    @Override
    public boolean hasExpired(long nanos, long wallMillis) {
        return !isWithin(nanos - writtenNanos, lifeNanos) || !isWithin(wallMillis - writtenMillis, millis(lifeNanos));
    }

    private static boolean isWithin(long age, long life) {
        return age >= 0 && age < life;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }

    private static int sum(byte[] entry) {
        CRC32C sum = new CRC32C();
        sum.update(entry, WRITTEN_MILLIS, entry.length - WRITTEN_MILLIS);
        return (int) sum.getValue();
    }
}
