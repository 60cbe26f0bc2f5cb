package dev.lockstep.monitoring;

import java.util.List;
import java.util.stream.Stream;

/** Reads single series of a node's meters, for tests: by the meter and the values of its tags. */
public final class MeterReadings {

    private final NodeMeters meters;

    public MeterReadings(NodeMeters meters) {
        this.meters = meters;
    }

    /** A counter's. */
    public long count(Meter meter, String... tags) {
        return ((Count) series(meter, tags)).value().getAsLong();
    }

    /** A gauge's. */
    public double level(Meter meter, String... tags) {
        return ((Level) series(meter, tags)).value().getAsDouble();
    }

    /** A timer's. */
    public Distribution durations(Meter meter, String... tags) {
        return ((Timing) series(meter, tags)).read();
    }

    /** The tags, by comma, of those counters and timers of this meter that are not 0. */
    public List<String> counted(Meter meter) {
        return of(meter)
                .filter(series -> count(series) != 0)
                .map(series -> String.join(",", series.tags().values()))
                .toList();
    }

    private static long count(MeterSeries series) {
        return series instanceof Count count
                ? count.value().getAsLong()
                : ((Timing) series).read().count();
    }

    private MeterSeries series(Meter meter, String... tags) {
        return of(meter)
                .filter(series -> List.copyOf(series.tags().values()).equals(List.of(tags)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(meter.name() + List.of(tags)));
    }

    private Stream<MeterSeries> of(Meter meter) {
        return meters.series().stream().filter(series -> series.meter() == meter);
    }
}
