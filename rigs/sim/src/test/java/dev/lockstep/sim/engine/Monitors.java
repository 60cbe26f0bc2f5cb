package dev.lockstep.sim.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for {@code synchronized}: whoever waits for a lock hands on the baton. */
final class Monitors {

    private final Simulation simulation;
    private final List<Monitor> held = new ArrayList<>();

    Monitors(Simulation simulation) {
        this.simulation = simulation;
    }

    void enter(Object object) {
        Monitor monitor = find(object);
        while (monitor != null && monitor.owner != Thread.currentThread()) {
            Waiting waiting = simulation.waiting();
            monitor.waiters.add(waiting);
            simulation.suspend(waiting);
            monitor = find(object);
        }
        if (monitor == null) {
            held.add(new Monitor(object, Thread.currentThread()));
        } else {
            monitor.times++;
        }
    }

    /** Of one that was not entered, as its owner was killed while it waited, there is none. */
    void exit(Object object) {
        Monitor monitor = find(object);
        if (monitor == null || monitor.owner != Thread.currentThread()) {
            return;
        }
        monitor.times--;
        if (monitor.times == 0) {
            held.remove(monitor);
            monitor.waiters.forEach(simulation::wake);
        }
    }

    private @Nullable Monitor find(Object object) {
        for (Monitor monitor : held) {
            if (monitor.object == object) {
                return monitor;
            }
        }
        return null;
    }

    private static final class Monitor {

        final Object object;
        final Thread owner;
        final Deque<Waiting> waiters = new ArrayDeque<>();
        int times = 1;

        Monitor(Object object, Thread owner) {
            this.object = object;
            this.owner = owner;
        }
    }
}
