package dev.lockstep.monitoring;

import dev.lockstep.contract.HandClock;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.SettledBy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A node that did a little, to be shown by a library. */
public final class PublishedNode implements Publication {

    private final String application;
    private final @Nullable Object bean;
    private final HandClock clock = new HandClock();
    private final NodeStatus status;
    private final NodeMeters meters;

    /** @param bean the only one of the application */
    public PublishedNode(String application, @Nullable Object bean) {
        this.application = application;
        this.bean = bean;
        this.status = new NodeStatus(application, "node a", "redis", clock);
        this.meters = new NodeMeters(status, "redis", true, Duration.ofMillis(500));
    }

    /** Two hits, a revocation that took 40 ms and was acknowledged, a lease of 5 s. */
    public void work() {
        NodeListener listener = EachListener.of(meters.listeners());
        listener.lookedUp(Source.NEAR, Result.LIVE, 0);
        listener.lookedUp(Source.NEAR, Result.LIVE, 0);
        listener.revocationsSettled(SettledBy.ACKNOWLEDGED, Duration.ofMillis(40), null);
        status.leaseGranted(Duration.ofSeconds(5));
    }

    public NodeStatus status() {
        return status;
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public NodeMeters meters() {
        return meters;
    }

    @Override
    public <T> Optional<T> bean(Class<T> type) {
        return type.isInstance(bean) ? Optional.of(type.cast(bean)) : Optional.empty();
    }

    @Override
    public boolean hasBean(Class<?> type) {
        return type.isInstance(bean);
    }

    @Override
    public <T> T injected(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        throw new UnsupportedOperationException();
    }
}
