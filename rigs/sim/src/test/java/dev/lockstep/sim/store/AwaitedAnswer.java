package dev.lockstep.sim.store;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.engine.Waiting;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller waits for. The first that comes counts. */
final class AwaitedAnswer<T> {

    private final Simulation simulation;
    private final Waiting caller;
    private final Object timeout;
    private @Nullable T value;
    private @Nullable Supplier<? extends RuntimeException> failure;

    /** @param within for how long it is waited for, in nanoseconds */
    AwaitedAnswer(Simulation simulation, long within) {
        this.simulation = simulation;
        this.caller = simulation.waiting();
        this.timeout = failIn(within, () -> unavailable("The store did not answer in time"));
    }

    void giveIn(long delay, @Nullable T result) {
        simulation.resumeIn(delay, caller, () -> value = result);
    }

    Object failIn(long delay, Supplier<? extends RuntimeException> why) {
        return simulation.resumeIn(delay, caller, () -> failure = why);
    }

    static RuntimeException unavailable(String why) {
        return new StoreUnavailableException(why, null);
    }

    @Nullable
    T await() {
        simulation.suspend(caller);
        simulation.cancel(timeout);
        if (failure != null) {
            throw failure.get();
        }
        return value;
    }
}
