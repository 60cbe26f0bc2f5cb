package dev.lockstep.sim.store;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which calls of the store have begun and not ended. */
public final class CallsUnderWay {

    private final Map<Operation, Integer> calls = new EnumMap<>(Operation.class);

    void begin(Operation operation) {
        calls.merge(operation, 1, Integer::sum);
    }

    void end(Operation operation) {
        calls.merge(operation, -1, (one, other) -> one + other == 0 ? null : one + other);
    }

    /** Each once. */
    public List<String> spellings() {
        return calls.keySet().stream().map(Operation::spelling).toList();
    }
}
