package dev.lockstep.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * What a run is asked to do, by system properties {@code chaos.*}.
 *
 * @param length how long faults are injected
 * @param seed what all random choices come from
 * @param cache the cache that the nodes use
 * @param brokenRule the rule to be broken, or empty
 * @param faults the kinds of faults to draw from; empty: all
 * @param nodes how many nodes
 * @param jar the product
 * @param directory where everything goes
 */
public record Options(
        Duration length, long seed, String cache, String brokenRule, Set<String> faults, int nodes, Path jar, Path directory) {

    static Options read() {
        return new Options(
                Duration.ofMillis((long) (Double.parseDouble(System.getProperty("chaos.minutes", "2")) * 60_000)),
                givenOrDrawnSeed(),
                System.getProperty("chaos.cache", "memory"),
                System.getProperty("chaos.break", ""),
                Arrays.stream(System.getProperty("chaos.faults", "").split(","))
                        .filter(kind -> !kind.isEmpty())
                        .collect(Collectors.toSet()),
                Integer.getInteger("chaos.nodes", 3),
                Path.of(System.getProperty("chaos.jar")),
                Path.of(System.getProperty("chaos.directory", "target/chaos")).toAbsolutePath());
    }

    Options with(String rule, Duration atMost) {
        return new Options(atMost, seed, cache, rule, faults, nodes, jar, directory);
    }

    private static long givenOrDrawnSeed() {
        String given = System.getProperty("chaos.seed", "");
        return given.isEmpty() ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : Long.parseLong(given);
    }
}
