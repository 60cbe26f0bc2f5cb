package dev.lockstep.sim.engine;

/** Unwinds what a process was doing when it was killed, or when the simulated time is over. */
public final class Killed extends Error {

    private static final long serialVersionUID = 1;

    public Killed() {
        super("killed", null, false, false);
    }
}
