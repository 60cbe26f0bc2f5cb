package dev.lockstep.cdi;

import dev.lockstep.web.TakenIdentity;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Lets tasks of a {@code ManagedExecutorService} see the session of the request that submitted them
 * (Jakarta Concurrency 3.0, {@code ThreadContextProvider}). A container finds it by
 * {@link java.util.ServiceLoader} if the application names it there: Lockstep's jar does not, since
 * not every container lets go of what it found. Where it is not named, nothing loads it.
 * Thread-safe.
 *
 * <p>A thread of a {@code ManagedThreadFactory} sees none. It may serve a pool, and would keep, for
 * as long as it lives, the session of whoever happened to be the one for whom the pool grew:
 * WildFly and Payara take the context down when the thread is made, not when the factory is looked
 * up.
 */
public final class SessionContextProvider implements ThreadContextProvider {

    /** What a {@code @ContextServiceDefinition} may name. */
    public static final String TYPE = "Lockstep";

    private static final StackWalker FRAMES = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    /** A server goes through a dozen calls from the factory to here; streams make them more. */
    private static final int NEAR = 60;

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(isForNewThread() ? TakenIdentity.NONE : TakenIdentity.ofCaller());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(TakenIdentity.NONE);
    }

    @Override
    public String getThreadContextType() {
        return TYPE;
    }

    private static boolean isForNewThread() {
        return FRAMES.walk(frames -> frames.limit(NEAR)
                .anyMatch(frame -> frame.getMethodName().equals("newThread")
                        && ManagedThreadFactory.class.isAssignableFrom(frame.getDeclaringClass())));
    }

    private static ThreadContextSnapshot snapshot(TakenIdentity taken) {
        return () -> {
            Runnable end = taken.enter();
            return (ThreadContextRestorer) end::run;
        };
    }
}
