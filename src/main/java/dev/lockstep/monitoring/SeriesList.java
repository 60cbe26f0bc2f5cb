package dev.lockstep.monitoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Collects the series of a node while its meters are made. For one thread. */
final class SeriesList {

    private final List<MeterSeries> series = new ArrayList<>();

    List<MeterSeries> all() {
        return List.copyOf(series);
    }

    /** What counts is returned. */
    LongAdder counter(Meter meter, String... tags) {
        LongAdder count = new LongAdder();
        counter(meter, count::sum, tags);
        return count;
    }

    void counter(Meter meter, LongSupplier value, String... tags) {
        series.add(new Count(meter, tags(meter, tags), value));
    }

    void gauge(Meter meter, DoubleSupplier value, String... tags) {
        series.add(new Level(meter, tags(meter, tags), value));
    }

    Timing timer(Meter meter, String... tags) {
        Timing timing = new Timing(meter, tags(meter, tags));
        series.add(timing);
        return timing;
    }

    /** A counter for each constant, which is its only tag. */
    <E extends Enum<E>> Map<E, LongAdder> counters(Meter meter, Class<E> constants) {
        return each(constants, constant -> counter(meter, tag(constant)));
    }

    /** A timer for each constant, which is its only tag. */
    <E extends Enum<E>> Map<E, Timing> timers(Meter meter, Class<E> constants) {
        return each(constants, constant -> timer(meter, tag(constant)));
    }

    /** Something for each constant; the map may be read by all threads. */
    static <E extends Enum<E>, T> Map<E, T> each(Class<E> constants, Function<E, T> made) {
        Map<E, T> each = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            each.put(constant, made.apply(constant));
        }
        return Collections.unmodifiableMap(each);
    }

    /** How a constant is written as the value of a tag. */
    static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> tags(Meter meter, String... values) {
        if (values.length != meter.tags().size()) {
            throw new IllegalArgumentException(meter.name() + " has the tags " + meter.tags());
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            tags.put(meter.tags().get(i), values[i]);
        }
        return Collections.unmodifiableMap(tags);
    }
}
