package dev.lockstep.sim.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of harm was done at each step. */
public final class Coverage {

    private final Map<FaultKind, Map<String, Long>> counts = new EnumMap<>(FaultKind.class);

    void add(FaultKind harm, String step) {
        counts.computeIfAbsent(harm, kind -> new TreeMap<>()).merge(step, 1L, Long::sum);
    }

    public void add(Coverage other) {
        other.counts.forEach((harm, steps) -> steps.forEach((step, count) ->
                counts.computeIfAbsent(harm, kind -> new TreeMap<>()).merge(step, count, Long::sum)));
    }

    public long of(FaultKind harm, String step) {
        return counts.getOrDefault(harm, Map.of()).getOrDefault(step, 0L);
    }

    public long of(FaultKind harm) {
        return counts.getOrDefault(harm, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    public long total() {
        return counts.keySet().stream().mapToLong(this::of).sum();
    }

    /** A line for each kind of harm. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        for (FaultKind harm : FaultKind.values()) {
            lines.add(String.format("%-18s %9d  %s", harm.spelling(), of(harm), counts.getOrDefault(harm, Map.of())));
        }
        return lines;
    }
}
