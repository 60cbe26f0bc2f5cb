package dev.lockstep.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long things took. Immutable.
 *
 * @param bounds upper bounds of the buckets, ascending
 * @param counts how many durations are in each bucket; the last one, without a bound, included
 * @param total of all, in nanoseconds
 * @param longest in nanoseconds
 */
public record Distribution(List<Duration> bounds, List<Long> counts, long total, long longest) {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How many durations. */
    public long count() {
        return counts.stream().mapToLong(count -> count).sum();
    }

    /** Their sum, in seconds. */
    public double totalSeconds() {
        return total / NANOS;
    }

    /** Their mean, in seconds; 0 where there are none. */
    public double meanSeconds() {
        long count = count();
        return count == 0 ? 0 : totalSeconds() / count;
    }

    /** The longest since the start, in seconds. */
    public double longestSeconds() {
        return longest / NANOS;
    }

    /**
     * What so many of the durations did not exceed, in seconds: the bound of a bucket, or the
     * longest duration where that is less; 0 where there are none.
     *
     * @param share from 0 to 1
     */
    public double quantileSeconds(double share) {
        double wanted = share * count();
        long covered = 0;
        for (int i = 0; i < bounds.size(); i++) {
            covered += counts.get(i);
            if (covered >= wanted) {
                return Math.min(bounds.get(i).toNanos(), longest) / NANOS;
            }
        }
        return longestSeconds();
    }
}
