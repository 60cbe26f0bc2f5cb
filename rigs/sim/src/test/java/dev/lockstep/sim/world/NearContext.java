package dev.lockstep.sim.world;

import dev.lockstep.sim.engine.TaskExecutor;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** What the near cache of a simulated node is made with. */
record NearContext(long maxEntries, TaskExecutor executor, NodeClock clock) implements CacheContext {

    @Override
    public String application() {
        return World.APPLICATION;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return executor;
    }

    @Override
    public <T> Optional<T> bean(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> lookup(String jndiName, Class<T> type) {
        return Optional.empty();
    }
}
