package dev.lockstep.monitoring;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A series of a timer: counts durations by buckets. Libraries that keep buckets of their own follow
 * it, and are given each duration.
 *
 * <p>Thread-safe. The numbers of a {@linkplain #read reading} may be of slightly different moments.
 */
public final class Timing implements MeterSeries {

    private final Meter meter;
    private final Map<String, String> tags;
    private final long[] bounds;
    private final LongAdder[] buckets;
    private final LongAdder total = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final List<LongConsumer> followers = new CopyOnWriteArrayList<>();

    Timing(Meter meter, Map<String, String> tags) {
        this.meter = meter;
        this.tags = tags;
        this.bounds = meter.bounds().stream().mapToLong(Duration::toNanos).toArray();
        this.buckets = Stream.generate(LongAdder::new).limit(bounds.length + 1).toArray(LongAdder[]::new);
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public Map<String, String> tags() {
        return tags;
    }

    /** What was measured so far. */
    public Distribution read() {
        return new Distribution(
                meter.bounds(), Arrays.stream(buckets).map(LongAdder::sum).toList(), total.sum(), longest.get());
    }

    /**
     * Has a follower told of each duration from now on.
     *
     * @param follower called with nanoseconds, 0 or more, by the thread that found out; must not
     *     block
     */
    public void follow(LongConsumer follower) {
        followers.add(follower);
    }

    /** The opposite of {@link #follow}, for the same object. */
    public void leave(LongConsumer follower) {
        followers.remove(follower);
    }

    void add(Duration took) {
        add(took.toNanos());
    }

    /** @param nanos counts as 0 below 0, as where a clock was set back */
    void add(long nanos) {
        long took = Math.max(0, nanos);
        buckets[bucket(took)].increment();
        total.add(took);
        longest.accumulate(took);
        for (LongConsumer follower : followers) {
            follower.accept(took);
        }
    }

    private int bucket(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }
}
