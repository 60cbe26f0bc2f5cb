package dev.lockstep.sim.fault;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Points;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.weave.Step;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes between two steps of the product. */
public final class Disturbances implements Points {

    private static final Set<Step> IN_HITS = EnumSet.of(Step.LEASE_READ, Step.SET_READ, Step.FLOOR_READ);
    private static final int SELDOM = 3_000;
    private static final int OFTEN = 40;
    private static final long SHORTEST = 10_000;
    private static final long LONGEST = 3_000_000_000L;
    private static final long LONGEST_STOP = 12_000_000_000L;
    private static final Step[] STEPS = Step.values();

    private final FaultPlan faults;
    private final Choices choices;
    private final int[] passes = new int[STEPS.length];
    private @Nullable Simulation simulation;
    private @Nullable Harms harms;

    /** What is done to a whole machine. */
    public interface Harms {

        void kill(SimulatedProcess process);

        void suspend(SimulatedProcess process, long duration);

        /** Somebody may notice for a while. */
        void trouble(SimulatedProcess process);
    }

    public Disturbances(FaultPlan faults) {
        this.faults = faults;
        this.choices = faults.choices();
        for (Step step : STEPS) {
            drawPasses(step);
        }
    }

    /** From now on they come. */
    public void begin(Simulation running, Harms onMachines) {
        simulation = running;
        harms = onMachines;
    }

    @Override
    public void at(int point) {
        if (--passes[point] <= 0) {
            Step step = STEPS[point];
            drawPasses(step);
            Simulation running = simulation;
            SimulatedProcess process = running == null ? null : running.process();
            if (running != null && process != null && harms != null) {
                disturb(step, running, process, harms);
            }
        }
    }

    private void disturb(Step step, Simulation running, SimulatedProcess process, Harms onMachines) {
        FaultKind harm = drawn();
        String at = step.spelling();
        if (!faults.strikes(harm, at)) {
            return;
        }
        running.say(() -> harm.spelling() + " at " + at);
        onMachines.trouble(process);
        switch (harm) {
            case THREAD_HELD -> running.hold(process, choices.spread(SHORTEST, LONGEST));
            case PROCESS_STOPPED -> running.stop(process, choices.spread(SHORTEST, LONGEST_STOP));
            case MACHINE_SUSPENDED -> onMachines.suspend(process, choices.spread(SHORTEST, LONGEST_STOP));
            case PROCESS_KILLED -> onMachines.kill(process);
            default -> throw new OutOfMemoryError("simulated");
        }
        running.sleep(0);
    }

    private FaultKind drawn() {
        FaultKind favourite = faults.favourite();
        if (favourite.where() == FaultKind.Where.STEP && choices.percent(50)) {
            return favourite;
        }
        int percent = choices.below(100);
        if (percent < 78) {
            return FaultKind.THREAD_HELD;
        }
        if (percent < 89) {
            return FaultKind.PROCESS_STOPPED;
        }
        return percent < 96
                ? FaultKind.MACHINE_SUSPENDED
                : percent < 98 ? FaultKind.ERROR_THROWN : FaultKind.PROCESS_KILLED;
    }

    private void drawPasses(Step step) {
        int mean = IN_HITS.contains(step) ? SELDOM : OFTEN;
        passes[step.ordinal()] = choices.passesUntilOneIn(Math.max(2, mean / faults.favour(step)));
    }
}
