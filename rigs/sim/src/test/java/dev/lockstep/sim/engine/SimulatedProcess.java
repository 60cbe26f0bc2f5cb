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
    private long keptUntil;
    private boolean cutOff;

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
        keptUntil = Math.max(keptUntil, now);
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

    /** A thread of it is held from now on. */
    void steal(long now, long nanos) {
        stolenNanos += nanos;
        keptUntil = Math.max(keptUntil, now + nanos);
    }

    /** For how long all of it has been free to go on. */
    public long freeNanos(long now) {
        return stopped ? 0 : Math.max(0, now - keptUntil);
    }

    /** No message of a channel comes to it, and none from it. */
    public void cutOff(boolean cut) {
        cutOff = cut;
    }

    public boolean isCutOff() {
        return cutOff;
    }
}
