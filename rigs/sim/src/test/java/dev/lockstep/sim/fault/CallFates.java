package dev.lockstep.sim.fault;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.store.Fate;
import dev.lockstep.sim.store.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of the calls of the store that one node makes. */
public final class CallFates implements Fate.Decider {

    private static final long QUICK = 50_000;
    private static final long USUAL = 3_000_000;
    private static final long LATE = 100_000_000;
    private static final long LATEST = 12_000_000_000L;
    private static final double SELDOM = 0.4;

    private final FaultPlan faults;
    private final Choices ways;
    private final Runnable trouble;
    private final Supplier<Optional<Fate.Kind>> cut;

    /**
     * @param trouble told where a call fails
     * @param cut whether the node is cut off from the store, and how
     */
    public CallFates(FaultPlan faults, Choices ways, Runnable trouble, Supplier<Optional<Fate.Kind>> cut) {
        this.faults = faults;
        this.ways = ways;
        this.trouble = trouble;
        this.cut = cut;
    }

    @Override
    public Fate of(Operation operation) {
        long there = ways.spread(QUICK, USUAL);
        long back = ways.spread(QUICK, USUAL);
        String step = operation.spelling();
        if (faults.strikes(FaultKind.REQUEST_LATE, step, SELDOM)) {
            there = ways.spread(LATE, LATEST);
            trouble.run();
        }
        if (faults.strikes(FaultKind.REPLY_LATE, step, SELDOM)) {
            back = ways.spread(LATE, LATEST);
            trouble.run();
        }
        return new Fate(kind(step), there, back);
    }

    private Fate.Kind kind(String step) {
        Fate.Kind kind = cut.get().orElseGet(() -> drawn(step));
        if (kind != Fate.Kind.ANSWERED) {
            trouble.run();
        }
        return kind;
    }

    private Fate.Kind drawn(String step) {
        if (faults.strikes(FaultKind.BROKEN_BEFORE, step, SELDOM)) {
            return Fate.Kind.BROKEN_BEFORE;
        }
        if (faults.strikes(FaultKind.BROKEN_AFTER, step, SELDOM)) {
            return Fate.Kind.BROKEN_AFTER;
        }
        if (faults.strikes(FaultKind.REQUEST_LOST, step, SELDOM / 4)) {
            return Fate.Kind.REQUEST_LOST;
        }
        if (faults.strikes(FaultKind.REPLY_LOST, step, SELDOM / 4)) {
            return Fate.Kind.REPLY_LOST;
        }
        if (faults.strikes(FaultKind.REFUSED, step, SELDOM / 2)) {
            return Fate.Kind.REFUSED;
        }
        return Fate.Kind.ANSWERED;
    }
}
