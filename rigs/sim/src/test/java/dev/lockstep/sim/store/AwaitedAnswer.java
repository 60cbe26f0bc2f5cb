package dev.lockstep.sim.store;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.engine.Waiting;
import org.jspecify.annotations.Nullable;

/** What a caller waits for. The first that comes counts. */
final class AwaitedAnswer<T> {

    private final Simulation simulation;
    private final Waiting caller;
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private boolean done;

    AwaitedAnswer(Simulation simulation) {
        this.simulation = simulation;
        this.caller = simulation.waiting();
    }

    void give(@Nullable T result) {
        if (!done) {
            value = result;
            finish();
        }
    }

    void fail(String reason) {
        fail(new StoreUnavailableException(reason, null));
    }

    void fail(RuntimeException why) {
        if (!done) {
            failure = why;
            finish();
        }
    }

    private void finish() {
        done = true;
        simulation.wake(caller);
    }

    @Nullable
    T await() {
        simulation.suspend(caller);
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
