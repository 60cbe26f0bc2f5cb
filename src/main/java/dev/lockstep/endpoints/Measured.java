package dev.lockstep.endpoints;

import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sums up some of what a node has measured. Thread-safe. */
record Measured(List<MeterSeries> series) {

    /** How often something happened, over all series that have these values among their tags. */
    long count(String meter, String... tags) {
        return of(meter, tags).mapToLong(Measured::count).sum();
    }

    /** How long it took in all, in milliseconds. */
    long totalMillis(String meter, String... tags) {
        return TimeUnit.NANOSECONDS.toMillis(of(meter, tags)
                .mapToLong(each -> each instanceof Timing timing ? timing.read().total() : 0)
                .sum());
    }

    private Stream<MeterSeries> of(String meter, String... tags) {
        return series.stream()
                .filter(each -> each.meter().name().equals(meter))
                .filter(each -> each.tags().values().containsAll(List.of(tags)));
    }

    private static long count(MeterSeries series) {
        if (series instanceof Count count) {
            return count.value().getAsLong();
        }
        return series instanceof Timing timing ? timing.read().count() : 0;
    }
}
