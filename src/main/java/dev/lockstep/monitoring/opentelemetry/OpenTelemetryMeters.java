package dev.lockstep.monitoring.opentelemetry;

import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.Level;
import dev.lockstep.monitoring.Meter;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Publication;
import dev.lockstep.monitoring.Timing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Shows a node's meters by OpenTelemetry, as instruments of the scope {@code lockstep}, until it is
 * closed. Counters and gauges are read when they are collected. A histogram can't be closed: it
 * stays as it is until the SDK ends.
 */
public final class OpenTelemetryMeters implements AutoCloseable {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final io.opentelemetry.api.metrics.Meter scope;
    private final String application;
    private final List<Runnable> ends = new ArrayList<>();

    private OpenTelemetryMeters(io.opentelemetry.api.metrics.Meter scope, String application) {
        this.scope = scope;
        this.application = application;
    }

    /** Empty where there is no OpenTelemetry. */
    public static Optional<AutoCloseable> publish(Publication publication) {
        return OpenTelemetryScope.of(publication).map(found -> {
            OpenTelemetryMeters shown =
                    new OpenTelemetryMeters(found.getMeter(OpenTelemetryScope.NAME), publication.application());
            byMeter(publication.meters().series()).forEach(shown::show);
            return shown;
        });
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }

    private static Map<Meter, List<MeterSeries>> byMeter(List<MeterSeries> all) {
        Map<Meter, List<MeterSeries>> byMeter = new LinkedHashMap<>();
        all.forEach(series -> byMeter.computeIfAbsent(series.meter(), first -> new ArrayList<>())
                .add(series));
        return byMeter;
    }

    private void show(Meter meter, List<MeterSeries> all) {
        switch (meter.kind()) {
            case COUNTER -> showCounts(meter, all);
            case GAUGE -> showLevels(meter, all);
            case TIMER -> showTimings(meter, all);
        }
    }

    private void showCounts(Meter meter, List<MeterSeries> all) {
        List<Attributes> attributes = all.stream().map(this::attributes).toList();
        ObservableLongCounter shown = scope.counterBuilder(meter.name())
                .setUnit(meter.unit())
                .setDescription(meter.description())
                .buildWithCallback(measurement -> {
                    for (int i = 0; i < all.size(); i++) {
                        measurement.record(((Count) all.get(i)).value().getAsLong(), attributes.get(i));
                    }
                });
        ends.add(shown::close);
    }

    private void showLevels(Meter meter, List<MeterSeries> all) {
        List<Attributes> attributes = all.stream().map(this::attributes).toList();
        ObservableDoubleGauge shown = scope.gaugeBuilder(meter.name())
                .setUnit(meter.unit())
                .setDescription(meter.description())
                .buildWithCallback(measurement -> {
                    for (int i = 0; i < all.size(); i++) {
                        recordIfKnown(((Level) all.get(i)).value().getAsDouble(), attributes.get(i), measurement);
                    }
                });
        ends.add(shown::close);
    }

    private static void recordIfKnown(double value, Attributes attributes, ObservableDoubleMeasurement measurement) {
        if (!Double.isNaN(value)) {
            measurement.record(value, attributes);
        }
    }

    private void showTimings(Meter meter, List<MeterSeries> all) {
        DoubleHistogramBuilder histogram =
                scope.histogramBuilder(meter.name()).setUnit(meter.unit()).setDescription(meter.description());
        DoubleHistogram shown = withBounds(histogram, meter).build();
        all.forEach(series -> follow((Timing) series, shown));
    }

    /** Versions before 1.32, as in Payara 6, take no advice: their SDK has bounds of its own. */
    private static DoubleHistogramBuilder withBounds(DoubleHistogramBuilder histogram, Meter meter) {
        List<Double> bounds =
                meter.bounds().stream().map(bound -> bound.toNanos() / NANOS).toList();
        try {
            return histogram.setExplicitBucketBoundariesAdvice(bounds);
        } catch (NoSuchMethodError e) {
            return histogram;
        }
    }

    private void follow(Timing timing, DoubleHistogram histogram) {
        Attributes attributes = attributes(timing);
        LongConsumer follower = nanos -> histogram.record(nanos / NANOS, attributes);
        timing.follow(follower);
        ends.add(() -> timing.leave(follower));
    }

    private Attributes attributes(MeterSeries series) {
        AttributesBuilder attributes = Attributes.builder().put(Publication.TAG, application);
        series.tags().forEach(attributes::put);
        return attributes.build();
    }
}
