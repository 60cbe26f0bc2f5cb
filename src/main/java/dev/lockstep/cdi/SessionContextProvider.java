package dev.lockstep.cdi;

import dev.lockstep.web.TakenIdentity;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Lets tasks of a {@code ManagedExecutorService} see the session of the request that submitted them
 * (Jakarta Concurrency 3.0, section 3.3.5): the container finds it by
 * {@link java.util.ServiceLoader}, and where there is none, nothing loads it. Thread-safe.
 */
public final class SessionContextProvider implements ThreadContextProvider {

    /** What a {@code @ContextServiceDefinition} may name. */
    public static final String TYPE = "Lockstep";

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(TakenIdentity.ofCaller());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(TakenIdentity.NONE);
    }

    @Override
    public String getThreadContextType() {
        return TYPE;
    }

    private static ThreadContextSnapshot snapshot(TakenIdentity taken) {
        return () -> {
            Runnable end = taken.enter();
            return (ThreadContextRestorer) end::run;
        };
    }
}
