package dev.lockstep.sim;

import com.sun.management.OperatingSystemMXBean;
import dev.lockstep.sim.weave.Runner;
import dev.lockstep.sim.weave.Runner.Result;
import dev.lockstep.sim.weave.Slip;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Breaks one rule at a time, and fails unless the simulation finds each of them in time. */
public final class SlipHunt {

    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private SlipHunt() {}

    public static void main(String[] arguments) throws InterruptedException {
        Simulator.prepare();
        SimOptions options = SimOptions.read();
        System.out.println("sim-selftest: seed " + options.seed());
        Set<Slip> asked = options.slip() == null ? EnumSet.allOf(Slip.class) : EnumSet.of(options.slip());
        List<String> missed = new ArrayList<>();
        for (Slip slip : asked) {
            if (!isFound(slip, options.seed(), Integer.getInteger("sim.seconds", 15))) {
                missed.add(slip.spelling());
            }
        }
        System.out.println(missed.isEmpty() ? "every broken rule was found" : "not found: " + missed);
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    /**
     * @param seconds how long it may take at most, of the processor's time: others may be at work,
     *     too
     */
    static boolean isFound(Slip slip, long seed, int seconds) throws InterruptedException {
        Runner runner = Runner.with(slip);
        SplittableRandom seeds = new SplittableRandom(seed);
        long begun = SYSTEM.getProcessCpuTime();
        int worlds = 0;
        List<String> found = List.of();
        while (found.isEmpty() && SYSTEM.getProcessCpuTime() - begun < seconds * NANOS) {
            Result result = runner.run(seeds.nextLong() >>> 1, new BitSet(), false);
            worlds++;
            found = result.violations();
        }
        System.out.printf(
                "%-28s %s after %.1f s, %d worlds: %s%n",
                slip.spelling(),
                found.isEmpty() ? "NOT FOUND" : "found",
                (SYSTEM.getProcessCpuTime() - begun) / NANOS,
                worlds,
                found.isEmpty() ? runner.totals() : found.get(0));
        return !found.isEmpty();
    }
}
