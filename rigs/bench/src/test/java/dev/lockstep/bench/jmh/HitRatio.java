package dev.lockstep.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * How much a full cache finds, beside Caffeine of the same size, in requests that are drawn from a
 * seed: what is asked for, and is not there, is put.
 */
final class HitRatio implements Part {

    private static final int ROOM = 10_000;
    private static final int KEYS = 10 * ROOM;
    private static final int WARM_UP = 500_000;
    private static final Session SESSION = new Session(
            "id", "user", Set.of(), Map.of(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Duration.ofHours(1));

    @Override
    public String name() {
        return "hit ratio";
    }

    @Override
    public void measure(Report report, boolean quick) {
        int length = quick ? 1_500_000 : 3_000_000;
        double worst = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, long[]> trace : traces(length).entrySet()) {
            double ours = percent(ours(), trace.getValue());
            double caffeine = percent(caffeine(), trace.getValue());
            report.add(new Row("hits of " + trace.getKey() + ", lockstep", ours, "%"));
            report.add(new Row("hits of " + trace.getKey() + ", Caffeine", caffeine, "%"));
            worst = trace.getKey().contains("loop") ? worst : Math.min(worst, ours / caffeine);
        }
        report.add(Goal.atLeast("hit-ratio", worst, 0.97));
    }

    private static Map<String, long[]> traces(int length) {
        Random random = new Random(1);
        Map<String, long[]> traces = new LinkedHashMap<>();
        Zipf often = new Zipf(KEYS, 0.9, random);
        traces.put("Zipf 0.7", trace(new Zipf(KEYS, 0.7, random)::next, length));
        traces.put("Zipf 0.9", trace(often::next, length));
        traces.put("Zipf 1.1", trace(new Zipf(KEYS, 1.1, random)::next, length));
        traces.put("Zipf 0.9 and scans", trace(i -> i % 80_000 < 60_000 ? often.next(i) : KEYS + i, length));
        traces.put("Zipf 0.9 that drifts", trace(i -> often.next(i) + i / 500_000 * KEYS / 5, length));
        traces.put("sessions that come and go", trace(new ComingAndGoing(random)::next, length));
        traces.put("a loop half as long again", trace(i -> i % (ROOM * 3 / 2), length));
        return traces;
    }

    /** What is asked for next. */
    private interface Draws {
        long key(long index);
    }

    private static long[] trace(Draws draws, int length) {
        return LongStream.range(0, length).map(draws::key).toArray();
    }

    private static double percent(LongPredicate isHit, long[] trace) {
        int hits = 0;
        for (int i = 0; i < trace.length; i++) {
            hits += isHit.test(trace[i]) && i >= WARM_UP ? 1 : 0;
        }
        return 100.0 * hits / (trace.length - WARM_UP);
    }

    private static LongPredicate ours() {
        SessionCache cache = MemoryCacheProvider.open(Node.context(ROOM));
        return key -> {
            TokenDigest digest = digest(key);
            boolean found = cache.get(digest) != null;
            if (!found) {
                cache.put(new SessionCopy(digest, SESSION, 1, 1), Node.TIME_TO_LIVE);
            }
            return found;
        };
    }

    private static LongPredicate caffeine() {
        Cache<TokenDigest, Session> cache =
                Caffeine.newBuilder().maximumSize(ROOM).executor(Runnable::run).build();
        return key -> {
            TokenDigest digest = digest(key);
            boolean found = cache.getIfPresent(digest) != null;
            if (!found) {
                cache.put(digest, SESSION);
            }
            return found;
        };
    }

    /** Random bits, the same for the same key. */
    private static TokenDigest digest(long key) {
        Random bits = new Random(key * 0x9E3779B97F4A7C15L);
        return new TokenDigest(bits.nextLong(), bits.nextLong(), bits.nextLong(), key);
    }

    /** The first of so many keys is asked for most often. */
    private static final class Zipf {

        private final double[] sums;
        private final Random random;

        Zipf(int keys, double exponent, Random random) {
            this.sums = new double[keys];
            this.random = random;
            double sum = 0;
            for (int i = 0; i < keys; i++) {
                sum += Math.pow(i + 1, -exponent);
                sums[i] = sum;
            }
        }

        long next(long index) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
            return at < 0 ? -at - 1 : at;
        }
    }

    /** A number of users who are there; one of them leaves and another comes with each 40th use. */
    private static final class ComingAndGoing {

        private final Random random;
        private final long[] present = LongStream.range(0, ROOM * 3 / 2).toArray();
        private final Zipf activity;
        private long last = present.length;

        ComingAndGoing(Random random) {
            this.random = random;
            this.activity = new Zipf(present.length, 0.6, random);
        }

        long next(long index) {
            if (random.nextInt(40) == 0) {
                present[random.nextInt(present.length)] = last++;
            }
            return present[(int) activity.next(index)];
        }
    }
}
