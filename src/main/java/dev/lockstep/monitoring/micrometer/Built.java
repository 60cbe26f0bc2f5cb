package dev.lockstep.monitoring.micrometer;

import dev.lockstep.monitoring.Count;
import dev.lockstep.monitoring.Level;
import dev.lockstep.monitoring.Meter;
import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.Timing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Makes meters by builders: with descriptions, and timers with buckets. */
record Built(MeterRegistry registry) implements Maker {

    @Override
    public Runnable make(MeterSeries series, Tags tags) {
        Meter meter = series.meter();
        if (series instanceof Count count) {
            FunctionCounter.builder(meter.name(), count, each -> each.value().getAsLong())
                    .description(meter.description())
                    .tags(tags)
                    .register(registry);
        } else if (series instanceof Level level) {
            Gauge.builder(meter.name(), level, each -> each.value().getAsDouble())
                    .description(meter.description())
                    .baseUnit(meter.isSeconds() ? "seconds" : null)
                    .tags(tags)
                    .register(registry);
        } else if (series instanceof Timing timing) {
            return follow(timing, timer(meter, tags));
        }
        return () -> {};
    }

    private Timer timer(Meter meter, Tags tags) {
        return Timer.builder(meter.name())
                .description(meter.description())
                .serviceLevelObjectives(meter.bounds().toArray(Duration[]::new))
                .tags(tags)
                .register(registry);
    }

    private static Runnable follow(Timing timing, Timer timer) {
        LongConsumer follower = nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
        timing.follow(follower);
        return () -> timing.leave(follower);
    }
}
