package dev.lockstep.monitoring;

import java.util.List;
import java.util.stream.Stream;

/** What meters are called in Prometheus, by whichever library they get there. */
public final class PrometheusNames {

    private PrometheusNames() {}

    /** Without what is added for the parts of a timer. */
    public static String of(Meter meter) {
        String name = meter.name().replace('.', '_');
        return switch (meter.kind()) {
            case COUNTER -> name + "_total";
            case GAUGE, TIMER -> meter.isSeconds() ? name + "_seconds" : name;
        };
    }

    /** All that Prometheus may have of a meter. */
    public static Stream<String> all(Meter meter) {
        return meter.kind() == Meter.Kind.TIMER
                ? Stream.of("_count", "_sum", "_bucket", "_max").map(end -> of(meter) + end)
                : Stream.of(of(meter));
    }

    /** The keys of the labels that a series of Lockstep's may have. */
    public static List<String> labels() {
        return Stream.concat(
                        Stream.of(Publication.TAG, "le", "instance", "job"),
                        Meters.ALL.stream().flatMap(meter -> meter.tags().stream()))
                .distinct()
                .toList();
    }
}
