package dev.lockstep.monitoring.jmx;

import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.Distribution;
import dev.lockstep.monitoring.Level;
import dev.lockstep.monitoring.Meter;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Timing;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * An attribute of the bean. Immutable.
 *
 * @param info its name, description and type
 * @param value reads it
 */
record NodeAttribute(OpenMBeanAttributeInfo info, Supplier<?> value) {

    private static final String[] PARTS = {"count", "meanMillis", "medianMillis", "p99Millis", "longestMillis"};
    private static final CompositeType DURATIONS = durationsType();
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    /** A text. */
    static NodeAttribute of(String name, String description, Supplier<String> value) {
        return new NodeAttribute(info(name, description, SimpleType.STRING), value);
    }

    /** A number, or a timer's durations: {@code CacheGetsNearHit}. */
    static NodeAttribute of(MeterSeries series) {
        if (series instanceof Count count) {
            return new NodeAttribute(info(series, SimpleType.LONG), count.value()::getAsLong);
        } else if (series instanceof Level level) {
            return new NodeAttribute(info(series, SimpleType.DOUBLE), level.value()::getAsDouble);
        }
        Timing timing = (Timing) series;
        return new NodeAttribute(info(series, DURATIONS), () -> durations(timing.read()));
    }

    private static OpenMBeanAttributeInfo info(MeterSeries series, OpenType<?> type) {
        return info(name(series), description(series), type);
    }

    private static OpenMBeanAttributeInfo info(String name, String description, OpenType<?> type) {
        return new OpenMBeanAttributeInfoSupport(name, description, type, true, false, false);
    }

    private static String name(MeterSeries series) {
        String meter = series.meter().name().substring(Meter.PREFIX.length());
        String unit = series instanceof Level && series.meter().isSeconds() ? "Seconds" : "";
        return Stream.concat(Stream.of(meter), series.tags().values().stream())
                        .flatMap(text -> Arrays.stream(text.split("[._]")))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining())
                + unit;
    }

    private static String description(MeterSeries series) {
        return series.meter().description()
                + (series.tags().isEmpty()
                        ? ""
                        : "; " + series.tags().toString().replaceAll("[{}]", ""));
    }

    private static CompositeData durations(Distribution read) {
        Map<String, Object> parts = Map.of(
                PARTS[0], read.count(),
                PARTS[1], read.meanSeconds() * MILLIS,
                PARTS[2], read.quantileSeconds(.5) * MILLIS,
                PARTS[3], read.quantileSeconds(.99) * MILLIS,
                PARTS[4], read.longestSeconds() * MILLIS);
        try {
            return new CompositeDataSupport(DURATIONS, parts);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompositeType durationsType() {
        String[] descriptions = {
            "how many since the start",
            "their mean",
            "what half of them did not exceed, at most",
            "what 99 of 100 did not exceed, at most",
            "the longest"
        };
        OpenType<?>[] types = {
            SimpleType.LONG, SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.DOUBLE
        };
        try {
            return new CompositeType("Durations", "How long it took", PARTS, descriptions, types);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
