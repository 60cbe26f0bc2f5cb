package dev.lockstep.sim.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs events while it has the baton. Whoever waits in the middle of an event hands
 * the baton to another one, and gets it back when the waiting is over: so exactly one thread runs
 * at any time, and events that never wait cost no change of threads.
 */
final class Carrier extends Thread {

    private final Simulation simulation;
    private volatile boolean hasBaton;

    @Nullable
    SimulatedProcess process;

    Carrier(Simulation simulation, int number) {
        super(null, null, "carrier " + number, 1 << 18, false);
        this.simulation = simulation;
        setDaemon(true);
    }

    @Override
    public void run() {
        awaitBaton();
        simulation.loop();
    }

    void take() {
        hasBaton = true;
        LockSupport.unpark(this);
    }

    void awaitBaton() {
        while (!hasBaton) {
            LockSupport.park(this);
        }
        hasBaton = false;
    }
}
