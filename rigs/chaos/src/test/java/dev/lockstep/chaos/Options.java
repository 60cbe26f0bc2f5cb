package dev.lockstep.chaos;

import dev.lockstep.chaos.agent.Aim;
import dev.lockstep.chaos.agent.BrokenRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * What a run is asked to do, by system properties {@code chaos.*}.
 *
 * @param length how long faults are injected
 * @param seed what all random choices come from
 * @param store the database that the nodes keep their sessions in: {@code postgresql},
 *     {@code mariadb}, {@code h2}, or {@code postgresql-ha} and {@code postgresql-ha-async}, a
 *     primary and a standby
 * @param synchronousCommit how PostgreSQL commits where the product does not ask for more
 * @param cache the cache that the nodes use
 * @param channel the channel that the nodes use; empty: what they would use by themselves, which
 *     is the test's own
 * @param settings more settings of the nodes
 * @param brokenRule the rule to be broken, or empty
 * @param faults the kinds of faults to draw from; empty: all, or those that reveal the broken rule
 * @param nodes how many nodes
 * @param directory where everything goes
 */
public record Options(
        Duration length,
        long seed,
        String store,
        String synchronousCommit,
        String cache,
        String channel,
        Map<String, String> settings,
        String brokenRule,
        Set<String> faults,
        int nodes,
        Path directory) {

    static Options read() {
        return new Options(
                Duration.ofMillis((long) (Double.parseDouble(System.getProperty("chaos.minutes", "2")) * 60_000)),
                givenOrDrawnSeed(),
                System.getProperty("chaos.store", "postgresql"),
                System.getProperty("chaos.synchronous-commit", "off"),
                System.getProperty("chaos.cache", "memory"),
                System.getProperty("chaos.channel", ""),
                list("chaos.settings").stream()
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])),
                System.getProperty("chaos.break", ""),
                Set.copyOf(list("chaos.faults")),
                Integer.getInteger("chaos.nodes", 3),
                Path.of(System.getProperty("chaos.directory")).toAbsolutePath());
    }

    Options with(BrokenRule rule, long otherSeed) {
        return new Options(
                length,
                otherSeed,
                store,
                synchronousCommit,
                cache,
                channel,
                settings,
                rule.spelling(),
                faults,
                nodes,
                directory);
    }

    /** What the run is aimed at: the broken rule, or nothing in particular. */
    public Aim aim() {
        Aim aim = BrokenRule.spelt(brokenRule).stream()
                .map(BrokenRule::aim)
                .findFirst()
                .orElse(Aim.NONE);
        return faults.isEmpty() ? aim : aim.with(faults);
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
