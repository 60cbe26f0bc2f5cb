package dev.lockstep.sim.fault;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.weave.Step;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what goes wrong. Each harm that is done has a number, by which a run that is repeated can
 * leave it out: what was drawn stays drawn, so that the rest is as alike as it can be.
 */
public final class FaultPlan {

    /** In each rage one kind of harm, and one step, has so many times its share. */
    private static final int FAVOUR = 12;

    private static final List<FaultKind> ALL = List.of(FaultKind.values());
    private static final List<Step> STEPS = List.of(Step.values());
    /** Of a hundred kinds so many are done in a rage, and in one of few kinds. */
    private static final double MANY = 60;

    private static final double FEW = 6;
    private static final double RAGES_OF_FEW = 30;
    /** Where one is aimed at, others are mostly in its way. */
    private static final double AIMED_RAGES_OF_FEW = 75;

    /** What is done with machines that are suspended. */
    private static final Set<FaultKind> SUSPENDING = EnumSet.of(FaultKind.MACHINE_SUSPENDED, FaultKind.STORE_RESTORE);

    private static final String IDLE = "nothing";

    private final Choices choices;
    private final BitSet leftOut;
    private final Coverage coverage = new Coverage();
    private final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    /** A lease that both clocks of a machine let live on is outside of the promise. */
    private final Set<FaultKind> without;

    private final Optional<FaultKind> aim;

    private FaultKind favourite = FaultKind.THREAD_HELD;
    private Step favouriteStep = Step.COMMITTED;
    private int number;
    private boolean raging;

    /**
     * @param leftOut the numbers of those that are not done
     * @param aim what is done most, by its spelling; empty for nothing in particular
     * @param never what is not done in this world
     */
    public FaultPlan(Choices choices, BitSet leftOut, String aim, Set<FaultKind> never) {
        this.choices = choices;
        this.leftOut = leftOut;
        this.aim = ALL.stream().filter(harm -> harm.spelling().equals(aim)).findFirst();
        FaultKind drawn = choices.percent(50) ? FaultKind.MACHINE_SUSPENDED : FaultKind.WALL_CLOCK;
        this.without = EnumSet.of(this.aim.filter(SUSPENDING::contains).isPresent() ? FaultKind.WALL_CLOCK : drawn);
        this.without.addAll(never);
    }

    /** Whether anything goes wrong from now on, and what. */
    public void rage(boolean rage) {
        raging = rage;
        kinds.clear();
        favourite = aim.orElse(choices.oneOf(ALL));
        favouriteStep = choices.oneOf(STEPS);
        double share = choices.percent(aim.isPresent() ? AIMED_RAGES_OF_FEW : RAGES_OF_FEW) ? FEW : MANY;
        for (FaultKind harm : FaultKind.values()) {
            if (rage && (harm == favourite || choices.percent(share))) {
                kinds.add(harm);
            }
        }
        kinds.removeAll(without);
    }

    /** Whether this is done, here. */
    public boolean strikes(FaultKind harm, String step) {
        if (!raging || !kinds.contains(harm) || leftOut.get(number++)) {
            return false;
        }
        coverage.add(harm, step);
        return true;
    }

    /** Whether this is done, where it may be in this world, beside another that is done. */
    public boolean strikesBeside(FaultKind harm, String step) {
        if (!raging || without.contains(harm) || leftOut.get(number++)) {
            return false;
        }
        coverage.add(harm, step);
        return true;
    }

    /** Whether this is done, while all of these are under way. */
    public boolean strikes(FaultKind harm, Collection<String> underWay) {
        String first = underWay.isEmpty() ? IDLE : underWay.iterator().next();
        boolean done = strikes(harm, first);
        if (done) {
            underWay.stream().skip(1).forEach(step -> coverage.add(harm, step));
        }
        return done;
    }

    /** The same, in so many of a hundred cases. */
    public boolean strikes(FaultKind harm, String step, double percent) {
        return choices.percent(harm == favourite ? percent * FAVOUR : percent) && strikes(harm, step);
    }

    /** What is done most, for the time being. */
    public FaultKind favourite() {
        return favourite;
    }

    /** How many times as often harm is done at a step as elsewhere, for the time being. */
    int favour(Step step) {
        return step == favouriteStep ? FAVOUR : 1;
    }

    public Choices choices() {
        return choices;
    }

    public Coverage coverage() {
        return coverage;
    }

    /** How many harms have a number by now. */
    public int numbers() {
        return number;
    }
}
