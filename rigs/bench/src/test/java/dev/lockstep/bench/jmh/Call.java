package dev.lockstep.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A call to be timed. One that is too short for the clock is timed by the hundred. It is the median
 * of the times that counts, since other work on the machine interrupts few of them; and it is
 * warmed up by number rather than by time, so that what is timed is compiled code however busy the
 * machine is.
 */
@State(Scope.Benchmark)
public abstract class Call {

    /** The system property that bounds the warming up of slow calls. */
    static final String WARM_UP_SECONDS = "bench.warm-up";

    static final int BATCH = 100;

    private static final int WARM_UP = 300_000;
    private static final long LONGEST_WARM_UP = TimeUnit.SECONDS.toNanos(Long.getLong(WARM_UP_SECONDS, 5));

    private boolean warm;

    abstract @Nullable Object once() throws Exception;

    /** Begins after the setting up of the class itself. */
    @Setup(Level.Iteration)
    public void warmUp(Blackhole blackhole) throws Exception {
        long end = System.nanoTime() + LONGEST_WARM_UP;
        for (int i = 0; i < WARM_UP && !warm && System.nanoTime() - end < 0; i += BATCH) {
            batch(blackhole);
        }
        warm = true;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void batch(Blackhole blackhole) throws Exception {
        for (int i = 0; i < BATCH; i++) {
            blackhole.consume(once());
        }
    }

    @Benchmark
    public @Nullable Object single() throws Exception {
        return once();
    }
}
