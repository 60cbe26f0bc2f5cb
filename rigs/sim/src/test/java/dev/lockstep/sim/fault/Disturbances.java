package dev.lockstep.sim.fault;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Points;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.weave.Step;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes between two steps of the product. */
public final class Disturbances implements Points {

    private static final Set<Step> IN_HITS = EnumSet.of(Step.LEASE_READ, Step.SET_READ, Step.FLOOR_READ);
    private static final int SELDOM = 3_000;
    private static final int OFTEN = 40;
    /** A step that the product has just come to is struck that often, and ever less. */
    private static final int AT_FIRST = 3;

    private static final long SHORTEST = 10_000;
    private static final long LONGEST = 3_000_000_000L;
    private static final long LONGEST_STOP = 12_000_000_000L;
    private static final Step[] STEPS = Step.values();
    private static final List<FaultKind> HARMS = Arrays.stream(FaultKind.values())
            .filter(harm -> harm.where() == FaultKind.Where.STEP)
            .toList();

    private final FaultPlan faults;
    private final Choices choices;
    private final int[] passes = new int[STEPS.length];
    private final int[] turns = new int[STEPS.length];
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
        FaultKind harm = drawn(step);
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

    private FaultKind drawn(Step step) {
        FaultKind favourite = faults.favourite();
        if (HARMS.contains(favourite) && choices.percent(50)) {
            return favourite;
        }
        if (isSeldom(step) && choices.percent(50)) {
            return choices.oneOf(HARMS);
        }
        int percent = choices.below(100);
        if (percent < 70) {
            return FaultKind.THREAD_HELD;
        }
        if (percent < 82) {
            return FaultKind.PROCESS_STOPPED;
        }
        return percent < 92
                ? FaultKind.MACHINE_SUSPENDED
                : percent < 96 ? FaultKind.ERROR_THROWN : FaultKind.PROCESS_KILLED;
    }

    /** Whether the product has not come to it often in this world. */
    private boolean isSeldom(Step step) {
        return turns[step.ordinal()] * AT_FIRST < OFTEN;
    }

    /**
     * The next time. What is seldom come to is struck more often, so that each harm meets it, too.
     */
    private void drawPasses(Step step) {
        int often = Math.min(OFTEN, ++turns[step.ordinal()] * AT_FIRST);
        int mean = IN_HITS.contains(step) ? SELDOM : often;
        passes[step.ordinal()] = choices.passesUntilOneIn(Math.max(2, mean / faults.favour(step)));
    }
}
