package dev.lockstep.bench.jmh;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Loads of which each needs what the one before has brought, anywhere in as much memory as so many
 * copies take, and a reading of each clock. A near hit has such a chain, and the clocks behind it
 * keep the next hit's from beginning meanwhile.
 */
public class Chain extends Call {

    /** What a copy takes in the heap, 224 bytes. */
    private static final int LONGS_PER_COPY = 28;

    @Param("1000000")
    int copies;

    @Param("4")
    int loads;

    private long[] memory;
    private long at;
    private Blackhole blackhole;

    /** Each place names the next, of all in one circle (Sattolo's algorithm). */
    @Setup
    public void open(Blackhole sink) {
        blackhole = sink;
        memory = new long[copies * LONGS_PER_COPY];
        for (int i = 0; i < copies; i++) {
            memory[i * LONGS_PER_COPY] = (long) i * LONGS_PER_COPY;
        }
        Random random = new Random(3);
        for (int i = copies - 1; i > 0; i--) {
            int other = random.nextInt(i) * LONGS_PER_COPY;
            long next = memory[other];
            memory[other] = memory[i * LONGS_PER_COPY];
            memory[i * LONGS_PER_COPY] = next;
        }
    }

    @Override
    @Nullable
    Object once() {
        long place = at;
        for (int i = 0; i < loads; i++) {
            place = memory[(int) place];
        }
        at = place;
        blackhole.consume(place);
        blackhole.consume(System.nanoTime());
        blackhole.consume(System.currentTimeMillis());
        return null;
    }
}
