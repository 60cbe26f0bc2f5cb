package dev.lockstep.sim.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands still, and ends, as a whole: a JVM. What happens in it while it stands still happens
 * when it goes on; once it is dead nothing does.
 */
public final class SimulatedProcess {

    private final String name;
    private final List<Event> held = new ArrayList<>();
    private boolean dead;
    private boolean stopped;
    private long stolenNanos;
    private long stoppedAt;

    public SimulatedProcess(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isDead() {
        return dead;
    }

    public boolean isStopped() {
        return stopped;
    }

    /** kill -9. */
    public void kill() {
        dead = true;
        held.clear();
    }

    /** SIGSTOP. */
    void stop(long now) {
        stopped = true;
        stoppedAt = now;
    }

    /** SIGCONT: what was to happen meanwhile is given back, to happen now. */
    List<Event> goOn(long now) {
        stopped = false;
        stolenNanos += now - stoppedAt;
        List<Event> late = List.copyOf(held);
        held.clear();
        return late;
    }

    void hold(Event event) {
        held.add(event);
    }

    /** For so long somebody has kept it from its work until now. */
    public long stolenNanos(long now) {
        return stopped ? stolenNanos + now - stoppedAt : stolenNanos;
    }

    /** A thread of it was held. */
    void steal(long nanos) {
        stolenNanos += nanos;
    }
}
