package dev.lockstep.monitoring;

import static dev.lockstep.monitoring.SeriesList.tag;

import dev.lockstep.spi.NodeListener.Refusal;
import dev.lockstep.spi.NodeListener.Result;
import dev.lockstep.spi.NodeListener.Source;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts look-ups, and what each cache had for them. Thread-safe. A hit of the near cache costs one
 * increment.
 */
final class LookupMeters {

    private final LongAdder nearHits;
    private final LongAdder sharedHits;
    private final LongAdder knownAsRevoked;
    private final Map<Result, LongAdder> fromStore;
    private final Timing sharedDuration;
    private final Timing knownDuration;
    private final Timing storeDuration;
    private final Timing found;
    private final Timing absent;
    private final CacheMeters near;
    private final CacheMeters shared;

    LookupMeters(SeriesList series) {
        nearHits = series.counter(Meters.VALIDATIONS, tag(Source.NEAR), tag(Result.LIVE));
        sharedHits = series.counter(Meters.VALIDATIONS, tag(Source.SHARED), tag(Result.LIVE));
        knownAsRevoked = series.counter(Meters.VALIDATIONS, tag(Source.FACTS), tag(Result.NOT_LIVE));
        fromStore = SeriesList.each(
                Result.class, result -> series.counter(Meters.VALIDATIONS, tag(Source.STORE), tag(result)));
        sharedDuration = series.timer(Meters.VALIDATION_DURATION, tag(Source.SHARED));
        knownDuration = series.timer(Meters.VALIDATION_DURATION, tag(Source.FACTS));
        storeDuration = series.timer(Meters.VALIDATION_DURATION, tag(Source.STORE));
        found = series.timer(Meters.LOAD_DURATION, "found");
        absent = series.timer(Meters.LOAD_DURATION, "absent");
        near = new CacheMeters(series, tag(Source.NEAR), nearHits);
        shared = new CacheMeters(series, tag(Source.SHARED), sharedHits);
    }

    void lookedUp(Source answeredBy, Result result, long nanos) {
        switch (answeredBy) {
            case NEAR -> nearHits.increment();
            case SHARED -> add(sharedHits, sharedDuration, nanos);
            case FACTS -> add(knownAsRevoked, knownDuration, nanos);
            case STORE -> add(Objects.requireNonNull(fromStore.get(result)), storeDuration, nanos);
        }
    }

    void loaded(boolean isFound, Duration took) {
        (isFound ? found : absent).add(took);
    }

    CacheMeters of(Source cache) {
        return cache == Source.NEAR ? near : shared;
    }

    private static void add(LongAdder count, Timing duration, long nanos) {
        count.increment();
        duration.add(nanos);
    }

    /** What one cache had, and got. */
    static final class CacheMeters {

        private final LongAdder misses = new LongAdder();
        private final Map<Refusal, LongAdder> refusals;
        private final LongAdder puts;

        private CacheMeters(SeriesList series, String cache, LongAdder hits) {
            series.counter(Meters.CACHE_GETS, hits::sum, cache, "hit");
            series.counter(Meters.CACHE_GETS, this::allMisses, cache, "miss");
            refusals =
                    SeriesList.each(Refusal.class, reason -> series.counter(Meters.CACHE_REFUSALS, cache, tag(reason)));
            puts = series.counter(Meters.CACHE_PUTS, cache);
        }

        void missed() {
            misses.increment();
        }

        void refused(Refusal reason) {
            Objects.requireNonNull(refusals.get(reason)).increment();
        }

        void stored() {
            puts.increment();
        }

        private long allMisses() {
            return misses.sum()
                    + refusals.values().stream().mapToLong(LongAdder::sum).sum();
        }
    }
}
