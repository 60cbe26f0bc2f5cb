package dev.lockstep.contract;

import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * What a cache under test is made from.
 *
 * @param beans the application's beans by type
 * @param jndi what is bound, by name
 * @param seals by the application's name; made when they are asked for
 * @param messages likewise
 */
public record ContractContext(
        String application,
        long maxEntries,
        Duration timeout,
        ScheduledExecutorService scheduler,
        NodeClock clock,
        NodeListener listener,
        Map<Class<?>, Object> beans,
        Map<String, Object> jndi,
        Function<String, CopySeal> seals,
        Function<String, PushMessages> messages)
        implements CacheContext {

    public static ContractContext of(String application, ScheduledExecutorService scheduler, NodeClock clock) {
        return new ContractContext(
                application,
                100_000,
                Duration.ofSeconds(5),
                scheduler,
                clock,
                NodeListener.NONE,
                Map.of(),
                Map.of(),
                ContractSeals::of,
                ContractMessages::of);
    }

    public ContractContext withApplication(String other) {
        return new ContractContext(
                other, maxEntries, timeout, scheduler, clock, listener, beans, jndi, seals, messages);
    }

    public ContractContext withTimeout(Duration other) {
        return new ContractContext(
                application, maxEntries, other, scheduler, clock, listener, beans, jndi, seals, messages);
    }

    public ContractContext withMaxEntries(long other) {
        return new ContractContext(
                application, other, timeout, scheduler, clock, listener, beans, jndi, seals, messages);
    }

    public ContractContext withClock(NodeClock other) {
        return new ContractContext(
                application, maxEntries, timeout, scheduler, other, listener, beans, jndi, seals, messages);
    }

    public ContractContext withListener(NodeListener other) {
        return new ContractContext(
                application, maxEntries, timeout, scheduler, clock, other, beans, jndi, seals, messages);
    }

    public ContractContext withBean(Class<?> type, Object bean) {
        return new ContractContext(
                application,
                maxEntries,
                timeout,
                scheduler,
                clock,
                listener,
                Map.of(type, bean),
                jndi,
                seals,
                messages);
    }

    public ContractContext withJndi(String name, Object bound) {
        return new ContractContext(
                application,
                maxEntries,
                timeout,
                scheduler,
                clock,
                listener,
                beans,
                Map.of(name, bound),
                seals,
                messages);
    }

    public ContractContext withSeals(Function<String, CopySeal> other) {
        return new ContractContext(
                application, maxEntries, timeout, scheduler, clock, listener, beans, jndi, other, messages);
    }

    public ContractContext withMessages(Function<String, PushMessages> other) {
        return new ContractContext(
                application, maxEntries, timeout, scheduler, clock, listener, beans, jndi, seals, other);
    }

    @Override
    public PushMessages pushMessages() {
        return messages.apply(application);
    }

    @Override
    public CopySeal seal() {
        return seals.apply(application);
    }

    @Override
    public <T> Optional<T> bean(Class<T> type) {
        return Optional.ofNullable(beans.get(type)).map(type::cast);
    }

    @Override
    public <T> Optional<T> lookup(String jndiName, Class<T> type) {
        return Optional.ofNullable(jndi.get(jndiName)).filter(type::isInstance).map(type::cast);
    }
}
