package dev.lockstep.monitoring.microprofile;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.Level;
import dev.lockstep.monitoring.Meter;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Publication;
import dev.lockstep.monitoring.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Shows a node's meters by MicroProfile Metrics, in the registry of the application, until it is
 * closed. Its counters can't be read from elsewhere: what was counted is added to them every
 * second.
 */
public final class MicroProfileMeters implements AutoCloseable {

    private static final Duration BETWEEN_ADDITIONS = Duration.ofSeconds(1);

    private final MetricRegistry registry;
    private final String application;
    private final List<Addition> additions = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();

    private MicroProfileMeters(MetricRegistry registry, String application) {
        this.registry = registry;
        this.application = application;
    }

    /** Empty where there is no registry. */
    public static Optional<AutoCloseable> publish(Publication publication) {
        if (!publication.hasBean(MetricRegistry.class)) {
            return Optional.empty();
        }
        MetricRegistry registry = publication.injected(RegistryHolder.class).registry;
        MicroProfileMeters shown = new MicroProfileMeters(registry, publication.application());
        publication.meters().series().forEach(shown::show);
        var unused = Recurring.of("The adding to counters of MicroProfile Metrics", shown::add)
                .every(BETWEEN_ADDITIONS, publication.scheduler());
        return Optional.of(shown);
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }

    private void add() {
        additions.forEach(Addition::make);
    }

    private void show(MeterSeries series) {
        Metadata metadata = metadata(series.meter());
        Tag[] tags = tags(series);
        if (series instanceof Count count) {
            additions.add(new Addition(count, registry.counter(metadata, tags)));
        } else if (series instanceof Level level) {
            registry.gauge(metadata, level, each -> each.value().getAsDouble(), tags);
        } else if (series instanceof Timing timing) {
            follow(timing, registry.timer(metadata, tags));
        }
        ends.add(() -> registry.remove(new MetricID(metadata.getName(), tags)));
    }

    private void follow(Timing timing, Timer timer) {
        LongConsumer follower = nanos -> timer.update(Duration.ofNanos(nanos));
        timing.follow(follower);
        ends.add(() -> timing.leave(follower));
    }

    private static Metadata metadata(Meter meter) {
        return Metadata.builder()
                .withName(meter.name())
                .withDescription(meter.description())
                .withUnit(meter.isSeconds() ? MetricUnits.SECONDS : MetricUnits.NONE)
                .build();
    }

    private Tag[] tags(MeterSeries series) {
        List<Tag> tags = new ArrayList<>(List.of(new Tag(Publication.TAG, application)));
        series.tags().forEach((key, value) -> tags.add(new Tag(key, value)));
        return tags.toArray(Tag[]::new);
    }

    /** Brings a counter up to date. For one thread. */
    private static final class Addition {

        private final Count count;
        private final Counter counter;
        private long added;

        Addition(Count count, Counter counter) {
            this.count = count;
            this.counter = counter;
        }

        void make() {
            long now = count.value().getAsLong();
            counter.inc(now - added);
            added = now;
        }
    }
}
