package dev.lockstep.sim.world;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.store.NodeStore.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a world is like; a seed decides it.
 *
 * @param storeTimeout {@code lockstep.store.timeout}
 * @param waitsForDisk {@code synchronous_commit}
 * @param channel by which nodes tell each other
 * @param shared whether there is a cache that nodes share
 * @param oldKey whether the application has had its key for long
 * @param length of the time in which clients are at work
 */
record Plan(
        List<NodePlan> nodes,
        Duration storeTimeout,
        Limits limits,
        boolean waitsForDisk,
        Channel channel,
        boolean shared,
        boolean oldKey,
        Duration length) {

    private static final List<Integer> LEASES = List.of(200, 1_000, 2_000, 2_000, 4_000, 8_000);
    private static final List<Integer> FACTS = List.of(4, 40, 200, 100_000, 100_000, 100_000);
    static final double SLOWEST = 0.93;
    private static final double FASTEST = 1.07;

    /** What kind. */
    enum Channel {
        NONE,
        PUSHES,
        POKES
    }

    /**
     * A node.
     *
     * @param facts how many revoked digests it remembers
     * @param copies how many its near cache holds; 0 for none
     * @param rate of its monotonic clock
     */
    record NodePlan(Duration lease, int facts, int copies, double rate) {}

    static Plan of(Choices choices) {
        int number = choices.between(2, 4);
        List<NodePlan> nodes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            nodes.add(new NodePlan(
                    Duration.ofMillis(choices.oneOf(LEASES)),
                    choices.oneOf(FACTS),
                    choices.oneOf(List.of(0, 8, 1_000, 1_000, 1_000)),
                    SLOWEST + (FASTEST - SLOWEST) * choices.fraction()));
        }
        return new Plan(
                List.copyOf(nodes),
                Duration.ofMillis(choices.oneOf(List.of(1_000, 5_000))),
                new Limits(choices.oneOf(List.of(1, 3, 1_000, 1_000)), choices.oneOf(List.of(1, 3, 1_000))),
                choices.percent(50),
                choices.oneOf(List.of(Channel.values())),
                choices.percent(40),
                choices.percent(50),
                Duration.ofSeconds(choices.between(15, 60)));
    }

    Duration longestLease() {
        return nodes.stream()
                .map(NodePlan::lease)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
