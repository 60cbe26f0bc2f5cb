package dev.lockstep.monitoring;

import dev.lockstep.monitoring.NodeSnapshot.BreakerState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gauges that show what a node is.
 *
 * @param leases whether it may hold a lease
 */
record StatusGauges(NodeStatus status, boolean leases) {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    void addTo(SeriesList series) {
        add(series, Meters.BREAKER_OPEN, now -> now.breaker() == BreakerState.OPEN ? 1 : 0, "read");
        add(series, Meters.BREAKER_OPEN, now -> now.breaker() == BreakerState.CLOSED ? 0 : 1, "write");
        add(series, Meters.CHANNEL_MISSING, now -> now.channel().missing());
        add(series, Meters.CHANNEL_UP, now -> now.channel().up() ? 1 : 0);
        add(series, Meters.NODES, NodeSnapshot::nodes);
        if (leases) {
            add(series, Meters.LEASE_REMAINING, now -> seconds(now.lease().left(), 0));
        }
        add(series, Meters.POLL_AGE, now -> seconds(now.log().polledSince(), Double.NaN));
        add(series, Meters.LOG_BEHIND, now -> now.log().behind());
        add(series, Meters.CANARY_AGE, now -> seconds(now.canary().provedSince(), Double.NaN));
        add(series, Meters.FACTS, now -> now.log().facts());
    }

    private void add(SeriesList series, Meter meter, ToDoubleFunction<NodeSnapshot> value, String... tags) {
        series.gauge(meter, () -> value.applyAsDouble(status.now()), tags);
    }

    private static double seconds(@Nullable Duration duration, double otherwise) {
        return duration == null ? otherwise : duration.toNanos() / NANOS;
    }
}
