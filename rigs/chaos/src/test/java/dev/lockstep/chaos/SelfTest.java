package dev.lockstep.chaos;

import dev.lockstep.chaos.agent.BrokenRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Breaks one rule at a time, aims at it, and fails unless the fault test finds out about each of
 * them in the time given, and that as often as {@code chaos.repeat} says.
 */
public final class SelfTest {

    private SelfTest() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.read();
        System.out.println("chaos-selftest: seed " + options.seed());
        List<String> missed = new ArrayList<>();
        for (BrokenRule rule : asked(options)) {
            int times = Integer.getInteger("chaos.repeat", 1);
            for (int i = 0; i < times; i++) {
                if (!isCaught(rule.spelling() + "-" + i, options.with(rule, options.seed() + i))) {
                    missed.add(rule.spelling());
                }
            }
        }
        System.out.println(missed.isEmpty() ? "every broken rule was caught" : "not caught: " + missed);
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    private static List<BrokenRule> asked(Options options) {
        List<BrokenRule> one = BrokenRule.spelt(options.brokenRule());
        return one.isEmpty() ? Arrays.asList(BrokenRule.values()) : one;
    }

    private static boolean isCaught(String name, Options options)
            throws IOException, SQLException, InterruptedException {
        Path log = Files.createDirectories(options.directory()).resolve("selftest-" + name + ".log");
        long begin = System.nanoTime();
        try (PrintStream out = new PrintStream(Files.newOutputStream(log));
                Run run = new Run(options, out)) {
            run.begin();
            long started = System.nanoTime();
            boolean caught = run.untilFaultsAreOver(0);
            long ended = System.nanoTime();
            Chaos.problems(run.findings()).stream().limit(20).forEach(out::println);
            out.println(run.findings().lastLine());
            run.history().write(options.directory().resolve("history-" + name + ".txt"));
            System.out.println((caught ? "caught " : "NOT CAUGHT ") + name + " after " + seconds(started, ended)
                    + " s, begun after " + seconds(begin, started) + " s");
            return caught;
        }
    }

    private static long seconds(long from, long to) {
        return Duration.ofNanos(to - from).toSeconds();
    }
}
