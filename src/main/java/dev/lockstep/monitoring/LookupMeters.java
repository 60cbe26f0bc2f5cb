package dev.lockstep.monitoring;

import static dev.lockstep.monitoring.SeriesList.tag;

import dev.lockstep.TokenRefused;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts look-ups, what each cache had for them, and requests that are refused. Thread-safe. A hit
 * of the near cache costs one increment.
 */
final class LookupMeters implements NodeListener {

    private static final String NEAR_BEFORE_ANOTHER = "near";

    private final String cache;
    private final LongAdder nearHits;
    private final LongAdder sharedHits;
    private final LongAdder notIssued;
    private final LongAdder knownAsRevoked;
    private final Map<Result, LongAdder> fromStore;
    private final Timing sharedDuration;
    private final Timing knownDuration;
    private final Timing storeDuration;
    private final Timing found;
    private final Timing absent;
    private final CacheMeters near;
    private final CacheMeters shared;
    private final Map<Flaw, LongAdder> flaws;
    private final LongAdder evictions;
    private final AtomicInteger cacheSize = new AtomicInteger();
    private final Map<TokenRefused.Reason, LongAdder> refusedRequests;

    /** @param cache the name of the one that sessions are kept in; others are not measured */
    LookupMeters(SeriesList series, String cache) {
        this.cache = cache;
        nearHits = series.counter(Meters.VALIDATIONS, tag(Source.NEAR), tag(Result.LIVE));
        sharedHits = series.counter(Meters.VALIDATIONS, tag(Source.SHARED), tag(Result.LIVE));
        notIssued = series.counter(Meters.VALIDATIONS, tag(Source.TAG), tag(Result.NOT_LIVE));
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
        flaws = series.counters(Meters.CACHE_FLAWS, Flaw.class);
        evictions = series.counter(Meters.CACHE_EVICTIONS, NEAR_BEFORE_ANOTHER);
        series.gauge(Meters.CACHE_SIZE, cacheSize::get, NEAR_BEFORE_ANOTHER);
        refusedRequests = series.counters(Meters.REQUESTS_REFUSED, TokenRefused.Reason.class);
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        switch (answeredBy) {
            case NEAR -> nearHits.increment();
            case SHARED -> add(sharedHits, sharedDuration, nanos);
            case TAG -> notIssued.increment();
            case FACTS -> add(knownAsRevoked, knownDuration, nanos);
            case STORE -> add(Objects.requireNonNull(fromStore.get(result)), storeDuration, nanos);
        }
    }

    @Override
    public void missed(Source from) {
        of(from).misses.increment();
    }

    @Override
    public void refused(Source from, Refusal reason) {
        Objects.requireNonNull(of(from).refusals.get(reason)).increment();
    }

    @Override
    public void copyFlawed(String what, Flaw why) {
        if (what.equals(cache)) {
            Objects.requireNonNull(flaws.get(why)).increment();
        }
    }

    @Override
    public void loaded(boolean isFound, Duration took) {
        (isFound ? found : absent).add(took);
    }

    @Override
    public void stored(Source into) {
        of(into).puts.increment();
    }

    @Override
    public void evicted(String from) {
        if (isNear(from)) {
            evictions.increment();
        }
    }

    @Override
    public void swept(String what, int size) {
        if (isNear(what)) {
            cacheSize.set(size);
        }
    }

    @Override
    public void requestRefused(TokenRefused.Reason reason) {
        Objects.requireNonNull(refusedRequests.get(reason)).increment();
    }

    private CacheMeters of(Source source) {
        return source == Source.NEAR ? near : shared;
    }

    /** A cache in this JVM is the near cache itself. */
    private boolean isNear(String name) {
        return name.equals(NEAR_BEFORE_ANOTHER) || name.equals(cache);
    }

    private static void add(LongAdder count, Timing duration, long nanos) {
        count.increment();
        duration.add(nanos);
    }

    /** What one cache had, and got. */
    private static final class CacheMeters {

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

        private long allMisses() {
            return misses.sum()
                    + refusals.values().stream().mapToLong(LongAdder::sum).sum();
        }
    }
}
