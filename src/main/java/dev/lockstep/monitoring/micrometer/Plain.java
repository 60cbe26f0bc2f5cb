package dev.lockstep.monitoring.micrometer;

import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.Level;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Timing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;

/** Makes meters by the registry's own methods; timers are read, as the others are. */
record Plain(MeterRegistry registry) implements Maker {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public Runnable make(MeterSeries series, Tags tags) {
        String name = series.meter().name();
        if (series instanceof Count count) {
            registry.more().counter(name, tags, count, each -> each.value().getAsLong());
        } else if (series instanceof Level level && level.meter().isSeconds()) {
            registry.more()
                    .timeGauge(
                            name,
                            tags,
                            level,
                            TimeUnit.NANOSECONDS,
                            each -> each.value().getAsDouble() * NANOS);
        } else if (series instanceof Level level) {
            registry.gauge(name, tags, level, each -> each.value().getAsDouble());
        } else if (series instanceof Timing timing) {
            registry.more()
                    .timer(
                            name,
                            tags,
                            timing,
                            each -> each.read().count(),
                            each -> each.read().total(),
                            TimeUnit.NANOSECONDS);
        }
        return () -> {};
    }
}
