package dev.lockstep.sim.world;

import dev.lockstep.sim.engine.Simulation;

/** Until when somebody may be without an answer of the store. */
final class Trouble {

    private final Simulation simulation;
    private final long lasts;
    private long until;

    /** @param lasts for so long behind what causes it */
    Trouble(Simulation simulation, long lasts) {
        this.simulation = simulation;
        this.lasts = lasts;
    }

    void now() {
        until(0);
    }

    void until(long nanosFromNow) {
        until = Math.max(until, simulation.nanos() + nanosFromNow + lasts);
    }

    boolean isThere() {
        return simulation.nanos() <= until;
    }
}
