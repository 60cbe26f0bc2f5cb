package dev.lockstep.chaos;

import dev.lockstep.chaos.agent.BrokenRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Breaks one rule at a time, and fails unless the fault test finds out about each of them in the time given. */
public final class SelfTest {

    private SelfTest() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.read();
        String only = options.brokenRule();
        System.out.println("chaos-selftest: seed " + options.seed());
        List<String> missed = new ArrayList<>();
        for (BrokenRule rule : BrokenRule.values()) {
            if (only.isEmpty() || rule.spelling().equals(only)) {
                if (!isCaught(rule.spelling(), options)) {
                    missed.add(rule.spelling());
                }
            }
        }
        System.out.println(missed.isEmpty() ? "every broken rule was caught" : "not caught: " + missed);
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    private static boolean isCaught(String rule, Options options) throws IOException, InterruptedException {
        Path log = Files.createDirectories(options.directory()).resolve("selftest-" + rule + ".log");
        try (PrintStream out = new PrintStream(Files.newOutputStream(log));
                Run run = Chaos.closedAtExit(new Run(options.with(rule), out))) {
            long begin = System.nanoTime();
            boolean caught = run.untilFaultsAreOver(0);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            out.println(run.findings());
            System.out.println(caught ? "caught " + rule + " after " + seconds + " s" : "NOT CAUGHT " + rule);
            return caught;
        }
    }
}
