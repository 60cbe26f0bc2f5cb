package dev.lockstep.sim.net;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.fault.FaultKind;
import dev.lockstep.sim.fault.FaultPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What carries messages between nodes. It loses, repeats, delays and changes them, gives them back
 * to their sender, and brings those of long ago again.
 */
public final class Wire<M> {

    private static final int REMEMBERED = 200;
    private static final long QUICK = 50_000;
    private static final long USUAL = 3_000_000;
    private static final long LATE = 50_000_000;
    private static final long LATEST = 20_000_000_000L;

    private final Simulation simulation;
    private final FaultPlan faults;
    private final Choices choices;
    private final Forger<M> forger;
    private final Map<SimulatedProcess, Consumer<M>> ends = new LinkedHashMap<>();
    private final List<M> old = new ArrayList<>();

    /** Makes another message of one. */
    @FunctionalInterface
    public interface Forger<M> {
        M changed(M message, Choices choices);
    }

    public Wire(Simulation simulation, FaultPlan faults, Forger<M> forger) {
        this.simulation = simulation;
        this.faults = faults;
        this.choices = faults.choices().split();
        this.forger = forger;
    }

    public void connect(SimulatedProcess process, Consumer<M> receiver) {
        ends.put(process, receiver);
    }

    public void disconnect(SimulatedProcess process) {
        ends.remove(process);
    }

    /** @param step what kind of message it is */
    public void send(SimulatedProcess from, M message, String step) {
        ends.keySet().removeIf(SimulatedProcess::isDead);
        for (SimulatedProcess to : List.copyOf(ends.keySet())) {
            if (from.isCutOff() || to.isCutOff()) {
                continue;
            }
            if (to != from) {
                sendTo(to, message, step);
            } else if (faults.strikes(FaultKind.MESSAGE_ECHOED, step, 5)) {
                deliver(to, message, choices.spread(QUICK, USUAL));
            }
        }
        remember(message);
    }

    private void sendTo(SimulatedProcess to, M message, String step) {
        if (faults.strikes(FaultKind.MESSAGE_OLD, step, 10) && !old.isEmpty()) {
            deliver(to, choices.oneOf(old), choices.spread(QUICK, USUAL));
        }
        if (faults.strikes(FaultKind.MESSAGE_REPEATED, step, 10)) {
            deliver(to, message, choices.spread(QUICK, LATEST));
        }
        if (faults.strikes(FaultKind.MESSAGE_LOST, step, 25)) {
            return;
        }
        M sent = faults.strikes(FaultKind.MESSAGE_CHANGED, step, 5) ? forger.changed(message, choices) : message;
        boolean late = faults.strikes(FaultKind.MESSAGE_LATE, step, 10);
        deliver(to, sent, late ? choices.spread(LATE, LATEST) : choices.spread(QUICK, USUAL));
    }

    private void deliver(SimulatedProcess to, M message, long delay) {
        simulation.in(delay, to, () -> {
            Consumer<M> end = ends.get(to);
            if (end != null) {
                end.accept(message);
            }
        });
    }

    private void remember(M message) {
        old.add(message);
        if (old.size() > REMEMBERED) {
            old.remove(choices.below(REMEMBERED));
        }
    }
}
