package dev.lockstep.cdi;

import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** What a deployment offers its caches. Immutable. */
record DeploymentContext(
        String application,
        long maxEntries,
        Duration timeout,
        ScheduledExecutorService scheduler,
        ThreadFactory threads,
        NodeListener listener,
        BeanLookup beans,
        Supplier<CopySeal> seals,
        PushMessages pushMessages)
        implements CacheContext {

    @Override
    public NodeClock clock() {
        return NodeClock.SYSTEM;
    }

    @Override
    public CopySeal seal() {
        return seals.get();
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
        return new DeploymentContext(
                application, entries, timeout, scheduler, threads, listener, beans, seals, pushMessages);
    }

    /** @param other made when they are asked for, as only a cache outside the JVM needs them */
    DeploymentContext withSeals(Supplier<CopySeal> other) {
        return new DeploymentContext(
                application, maxEntries, timeout, scheduler, threads, listener, beans, other, pushMessages);
    }

    DeploymentContext withPushMessages(PushMessages messages) {
        return new DeploymentContext(
                application, maxEntries, timeout, scheduler, threads, listener, beans, seals, messages);
    }
}
