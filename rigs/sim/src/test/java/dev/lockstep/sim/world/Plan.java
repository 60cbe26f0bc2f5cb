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
 * @param lives how long sessions live
 * @param single {@code lockstep.nodes}
 * @param queue how much may wait in the background of a node
 * @param quiet whether tokens are presented seldom, beside what is done with sessions
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
        Lives lives,
        boolean single,
        int queue,
        boolean quiet,
        Duration length) {

    private static final List<Integer> LEASES = List.of(200, 1_000, 2_000, 2_000, 4_000, 8_000);
    private static final List<Integer> FACTS = List.of(4, 40, 200, 100_000, 100_000, 100_000);
    static final double SLOWEST = 0.93;
    private static final double FASTEST = 1.07;

    private static final String SHORT_LIVES = "short-lives";
    private static final String STORE_RESTORE = "store-restore";
    private static final String CUT_OFF = "cut-off";
    private static final String PUSHES = "pushes";
    /** So long that the log is trimmed and sessions are swept. */
    private static final int LONG_SECONDS = 12 * 60;

    /**
     * How long sessions live.
     *
     * @param absolute {@code lockstep.session.absolute-timeout}
     * @param idle {@code lockstep.session.idle-timeout}
     */
    record Lives(Duration absolute, Duration idle) {

        static final Lives LONG = new Lives(Duration.ofHours(12), Duration.ofHours(1));

        /** Whether sessions end by themselves. */
        boolean areShort() {
            return this != LONG;
        }

        private static Lives of(Choices choices) {
            Duration absolute = Duration.ofSeconds(choices.between(4, 20));
            return new Lives(absolute, choices.percent(50) ? absolute : absolute.dividedBy(choices.between(2, 4)));
        }
    }

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

    /** @param aim what is to come up, by its spelling; empty for nothing in particular */
    static Plan of(Choices choices, String aim) {
        int number = choices.between(2, 4);
        boolean extreme = choices.percent(50) || aim.equals(CUT_OFF);
        List<NodePlan> nodes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            nodes.add(new NodePlan(
                    Duration.ofMillis(choices.oneOf(LEASES)),
                    choices.oneOf(FACTS),
                    choices.oneOf(List.of(0, 8, 1_000, 1_000, 1_000)),
                    rate(choices, extreme, i == 0)));
        }
        return new Plan(
                List.copyOf(nodes),
                Duration.ofMillis(choices.oneOf(List.of(1_000, 5_000))),
                new Limits(choices.oneOf(List.of(1, 3, 1_000, 1_000)), choices.oneOf(List.of(1, 3, 1_000))),
                choices.percent(50),
                aim.equals(PUSHES) ? Channel.PUSHES : choices.oneOf(List.of(Channel.values())),
                choices.percent(40),
                choices.percent(50),
                choices.percent(20) || aim.equals(SHORT_LIVES) ? Lives.of(choices) : Lives.LONG,
                choices.percent(6),
                choices.oneOf(List.of(1, 10, 1_000)),
                choices.percent(5) || aim.equals(STORE_RESTORE),
                Duration.ofSeconds(choices.percent(1.5) ? LONG_SECONDS : choices.between(15, 60)));
    }

    /** Whether everything takes its time. */
    boolean isLong() {
        return length.toSeconds() >= LONG_SECONDS;
    }

    /** Often the first is as slow as it may be, and the others as fast. */
    private static double rate(Choices choices, boolean extreme, boolean first) {
        double any = SLOWEST + (FASTEST - SLOWEST) * choices.fraction();
        return !extreme ? any : first ? SLOWEST : FASTEST;
    }

    Duration longestLease() {
        return nodes.stream()
                .map(NodePlan::lease)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
