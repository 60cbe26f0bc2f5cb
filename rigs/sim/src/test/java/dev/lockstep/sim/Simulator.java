package dev.lockstep.sim;

import dev.lockstep.sim.weave.Runner;
import dev.lockstep.sim.weave.Runner.Result;
import dev.lockstep.sim.weave.SeededRandom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs worlds until there were so many validations: first those that once failed, then others,
 * whose seeds follow from one that is printed. Ends with the first that fails, shrunk.
 */
public final class Simulator {

    private static final int LAST_WORDS = Integer.getInteger("sim.words", 60);
    private static final double NANOS = 1e9;

    private final SimOptions options;
    private final Runner runner;
    private final long begun = System.nanoTime();
    private long validations;

    private Simulator(SimOptions options) {
        this.options = options;
        this.runner = Runner.with(options.slip());
    }

    public static void main(String[] arguments) throws InterruptedException {
        prepare();
        boolean well = new Simulator(SimOptions.read()).run();
        System.exit(well ? 0 : 1);
    }

    /** Once in a JVM, before anything draws random bytes. */
    static void prepare() {
        SeededRandom.install();
        Logger.getLogger("").setLevel(Level.OFF);
    }

    private boolean run() throws InterruptedException {
        return options.world().isPresent() ? isWell(options.world().get(), options.without()) : hunt();
    }

    private boolean hunt() throws InterruptedException {
        System.out.println("sim: seed " + options.seed());
        SplittableRandom seeds = new SplittableRandom(options.seed());
        boolean well = true;
        for (long once : failedOnce()) {
            well = well && isWell(once, new BitSet());
        }
        while (well && validations < options.validations()) {
            well = isWell(seeds.nextLong() >>> 1, new BitSet());
        }
        runner.coverage().forEach(System.out::println);
        List<String> missing = well && options.validations() >= Runner.FULL ? runner.missing() : List.of();
        missing.forEach(pair -> System.out.println("sim: never happened: " + pair));
        double seconds = (System.nanoTime() - begun) / NANOS;
        System.out.printf("sim: %s, in %.0f s%n", runner.totals(), seconds);
        return well && missing.isEmpty();
    }

    private boolean isWell(long world, BitSet without) throws InterruptedException {
        Result result = result(world, without);
        validations += result.validations();
        if (options.world().isPresent()) {
            System.out.println("sim: world " + world + " trace " + Long.toHexString(result.trace()));
        }
        if (!result.violations().isEmpty()) {
            tell(world, without, result);
        }
        return result.violations().isEmpty();
    }

    private Result result(long world, BitSet without) throws InterruptedException {
        try {
            return runner.run(world, without, false);
        } catch (IllegalStateException e) {
            System.out.println("sim: world " + world + " breaks the simulator: " + e.getMessage());
            throw e;
        }
    }

    private void tell(long world, BitSet without, Result failed) throws InterruptedException {
        System.out.println("sim: world " + world + " fails: " + failed.violations());
        Shrinker shrinker = new Shrinker(runner, world, without, failed);
        shrinker.shrink();
        Result told = runner.run(world, shrinker.without(), true);
        List<String> last = told.last();
        last.subList(Math.max(0, last.size() - LAST_WORDS), last.size()).forEach(System.out::println);
        int left = told.harms() - shrinker.without().get(0, told.harms()).cardinality();
        System.out.println("sim: shrunk in " + shrinker.runs() + " runs to " + left + " harms: " + told.violations());
        System.out.println("sim: ./mvnw -Psim verify -Dsim.world=" + world
                + (shrinker.without().isEmpty() ? "" : " -Dsim.without=" + SimOptions.text(shrinker.without()))
                + (options.slip() == null ? "" : " -Dsim.slip=" + options.slip().spelling()));
    }

    /** The seeds of worlds that found something once. */
    static List<Long> failedOnce() {
        InputStream file = Objects.requireNonNull(Simulator.class.getResourceAsStream("failed-once.txt"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> Long.parseLong(line.split(" ")[0]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
