package dev.lockstep.sim.fault;

import dev.lockstep.sim.store.Operation;
import dev.lockstep.sim.weave.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which harms must have been done at which steps, where there were enough of them. */
public final class Pairs {

    /**
     * Steps that the product comes to so seldom that nothing but the most frequent harm must have
     * met them: the log is trimmed after ten minutes, and sessions are swept after two.
     */
    private static final Set<Step> SELDOM = EnumSet.of(
            Step.TO_BE_TRIMMED,
            Step.TO_BE_SWEPT,
            Step.USES_RECORDED,
            Step.NODE_CLOSES,
            Step.KEY_READ,
            Step.TO_BE_CONFIRMED,
            Step.TO_BE_FENCED,
            Step.CLOCK_ENDS_WAITS,
            Step.LEASE_ENDED,
            Step.REGISTERED,
            Step.FACTS_TO_BE_INSTALLED,
            Step.COPY_DENIED);

    /** Calls that are made so seldom. */
    private static final Set<Operation> SELDOM_CALLED = EnumSet.of(
            Operation.LIST,
            Operation.TOUCH,
            Operation.SWEEP,
            Operation.TRIM,
            Operation.START_EPOCH,
            Operation.REPLACE_KEY,
            Operation.READ_KEY,
            Operation.FENCE,
            Operation.REGISTER,
            Operation.REMOVE,
            Operation.ANNOUNCE);

    private static final Map<FaultKind.Where, List<String>> OTHERS = new EnumMap<>(Map.of(
            FaultKind.Where.MESSAGE,
            List.of("push", "acknowledgement", "poke", "answer"),
            FaultKind.Where.STORE,
            List.of("find", "poll", "revoke")));

    private Pairs() {}

    /** Those that were never met, in words. */
    public static List<String> missing(Coverage coverage) {
        List<String> missing = new ArrayList<>();
        for (FaultKind harm : FaultKind.values()) {
            for (String step : required(harm)) {
                if (coverage.of(harm, step) == 0) {
                    missing.add(harm.spelling() + " at " + step);
                }
            }
        }
        return missing;
    }

    private static List<String> required(FaultKind harm) {
        return switch (harm.where()) {
            case STEP ->
                Arrays.stream(Step.values())
                        .filter(step -> !SELDOM.contains(step))
                        .map(Step::spelling)
                        .toList();
            case CALL ->
                Arrays.stream(Operation.values())
                        .filter(call -> !SELDOM_CALLED.contains(call))
                        .map(Operation::spelling)
                        .toList();
            case CACHE -> List.of(harm == FaultKind.COPY_KEPT ? "drop" : "get");
            default -> OTHERS.getOrDefault(harm.where(), List.of());
        };
    }
}
