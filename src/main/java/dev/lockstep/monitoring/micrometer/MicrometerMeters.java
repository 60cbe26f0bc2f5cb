package dev.lockstep.monitoring.micrometer;

import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Publication;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a node's meters in the {@link MeterRegistry} that is a bean, until it is closed. Counters
 * and gauges are read when the registry is.
 *
 * <p>WildFly 39 gives an application a registry that passes to its own only what is made by the
 * registry's methods; what a builder makes is seen by nobody. There, timers have no buckets, and
 * meters no description.
 */
public final class MicrometerMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Runnable> ends = new ArrayList<>();

    private MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Empty where there is no registry. */
    public static Optional<AutoCloseable> publish(Publication publication) {
        return publication.bean(MeterRegistry.class).map(registry -> {
            MicrometerMeters shown = new MicrometerMeters(registry);
            try {
                shown.showAll(publication);
                return shown;
            } catch (RuntimeException | Error e) {
                shown.close();
                throw e;
            }
        });
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
        ends.clear();
    }

    private void showAll(Publication publication) {
        String application = publication.application();
        List<MeterSeries> all = publication.meters().series();
        Maker maker = maker(all.get(0), tags(application, all.get(0)));
        all.forEach(series -> show(maker, series, tags(application, series)));
    }

    /** Tries whether what a builder makes is seen. */
    private Maker maker(MeterSeries first, Tags tags) {
        Maker builder = new Built(registry);
        Runnable end = builder.make(first, tags);
        Meter seen = find(first, tags);
        end.run();
        if (seen == null) {
            return new Plain(registry);
        }
        registry.remove(seen);
        return builder;
    }

    private void show(Maker maker, MeterSeries series, Tags tags) {
        Runnable end = maker.make(series, tags);
        ends.add(() -> {
            end.run();
            Meter made = find(series, tags);
            if (made != null) {
                registry.remove(made);
            }
        });
    }

    private @Nullable Meter find(MeterSeries series, Tags tags) {
        return registry.find(series.meter().name()).tags(tags).meter();
    }

    private static Tags tags(String application, MeterSeries series) {
        Tags own = Tags.of(series.tags().entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList());
        return own.and(Publication.TAG, application);
    }
}
