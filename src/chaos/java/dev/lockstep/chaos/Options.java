package dev.lockstep.chaos;

import dev.lockstep.chaos.agent.Aim;
import dev.lockstep.chaos.agent.BrokenRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * What a run is asked to do, by system properties {@code chaos.*}.
 *
 * @param length how long faults are injected
 * @param seed what all random choices come from
 * @param store the database that the nodes keep their sessions in: {@code postgresql} or {@code h2}
 * @param synchronousCommit how PostgreSQL commits where the product does not ask for more
 * @param cache the cache that the nodes use
 * @param settings more settings of the nodes
 * @param brokenRule the rule to be broken, or empty
 * @param faults the kinds of faults to draw from; empty: all, or those that reveal the broken rule
 * @param nodes how many nodes
 * @param jar the product
 * @param directory where everything goes
 */
public record Options(
        Duration length,
        long seed,
        String store,
        String synchronousCommit,
        String cache,
        Map<String, String> settings,
        String brokenRule,
        Set<String> faults,
        int nodes,
        Path jar,
        Path directory) {

    static Options read() {
        return new Options(
                Duration.ofMillis((long) (Double.parseDouble(System.getProperty("chaos.minutes", "2")) * 60_000)),
                givenOrDrawnSeed(),
                System.getProperty("chaos.store", "postgresql"),
                System.getProperty("chaos.synchronous-commit", "off"),
                System.getProperty("chaos.cache", "memory"),
                list("chaos.settings").stream()
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])),
                System.getProperty("chaos.break", ""),
                Set.copyOf(list("chaos.faults")),
                Integer.getInteger("chaos.nodes", 3),
                Path.of(System.getProperty("chaos.jar")),
                Path.of(System.getProperty("chaos.directory", "target/chaos")).toAbsolutePath());
    }

    Options with(BrokenRule rule, long otherSeed) {
        return new Options(
                length,
                otherSeed,
                store,
                synchronousCommit,
                cache,
                settings,
                rule.spelling(),
                faults,
                nodes,
                jar,
                directory);
    }

    /** Whether faults of this kind are to happen: those asked for, else those that reveal the broken rule, else all. */
    boolean isWanted(String kind) {
        return faults.isEmpty() ? aim().map(aim -> aim.faults().contains(kind)).orElse(true) : faults.contains(kind);
    }

    /** The node that faults strike, or {@link Aim#ANY_NODE}. */
    int target() {
        return aim().map(Aim::node).orElse(Aim.ANY_NODE);
    }

    /** What clients do most, or {@link Aim#NOTHING} in particular. */
    String favourite() {
        return aim().map(Aim::favourite).orElse(Aim.NOTHING);
    }

    private Optional<Aim> aim() {
        return BrokenRule.spelt(brokenRule).stream().map(BrokenRule::aim).findFirst();
    }

    private static List<String> list(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static long givenOrDrawnSeed() {
        String given = System.getProperty("chaos.seed", "");
        return given.isEmpty() ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : Long.parseLong(given);
    }
}
