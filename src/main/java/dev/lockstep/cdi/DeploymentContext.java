package dev.lockstep.cdi;

import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** What a deployment offers its caches. Immutable. */
record DeploymentContext(
        String application,
        long maxEntries,
        Duration timeout,
        ScheduledExecutorService scheduler,
        ThreadFactory threads,
        NodeListener listener,
        BeanLookup beans)
        implements CacheContext {

    @Override
    public NodeClock clock() {
        return NodeClock.SYSTEM;
    }

    @Override
    public <T> Optional<T> bean(Class<T> type) {
        return beans.one(type);
    }

    @Override
    public <T> Optional<T> lookup(String jndiName, Class<T> type) {
        return Container.lookup(jndiName, type);
    }

    DeploymentContext withMaxEntries(long entries) {
        return new DeploymentContext(application, entries, timeout, scheduler, threads, listener, beans);
    }
}
