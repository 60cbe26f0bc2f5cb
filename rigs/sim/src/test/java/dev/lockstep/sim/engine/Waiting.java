package dev.lockstep.sim.engine;

import org.jspecify.annotations.Nullable;

/** Somebody who waits in the middle of an event, until {@link Simulation#wake}. */
public final class Waiting {

    final Carrier carrier;
    final @Nullable SimulatedProcess process;
    boolean woken;
    boolean suspended;

    Waiting(Carrier carrier, @Nullable SimulatedProcess process) {
        this.carrier = carrier;
        this.process = process;
    }
}
