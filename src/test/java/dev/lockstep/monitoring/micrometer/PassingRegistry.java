package dev.lockstep.monitoring.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Passes to a server's registry what its own methods make, and keeps what builders make. */
final class PassingRegistry extends SimpleMeterRegistry {

    private final MeterRegistry server;

    PassingRegistry(MeterRegistry server) {
        this.server = server;
    }

    @Override
    public Search find(String name) {
        return server.find(name);
    }

    @Override
    public Meter remove(Meter meter) {
        return server.remove(meter);
    }

    @Override
    public <T> T gauge(String name, Iterable<Tag> tags, T object, ToDoubleFunction<T> value) {
        return server.gauge(name, tags, object, value);
    }

    @Override
    public More more() {
        return new PassingMore();
    }

    private final class PassingMore extends More {

        @Override
        public <T> FunctionCounter counter(String name, Iterable<Tag> tags, T object, ToDoubleFunction<T> value) {
            return server.more().counter(name, tags, object, value);
        }

        @Override
        public <T> TimeGauge timeGauge(
                String name, Iterable<Tag> tags, T object, TimeUnit unit, ToDoubleFunction<T> value) {
            return server.more().timeGauge(name, tags, object, unit, value);
        }

        @Override
        public <T> FunctionTimer timer(
                String name,
                Iterable<Tag> tags,
                T object,
                ToLongFunction<T> count,
                ToDoubleFunction<T> total,
                TimeUnit unit) {
            return server.more().timer(name, tags, object, count, total, unit);
        }
    }
}
