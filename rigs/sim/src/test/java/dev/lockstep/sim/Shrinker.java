package dev.lockstep.sim;

import dev.lockstep.sim.weave.Runner;
import dev.lockstep.sim.weave.Runner.Result;
import java.util.BitSet;

/**
 * Leaves out as much of what goes wrong in a world as can be left out while it still fails: first
 * large parts, then ever smaller ones.
 */
final class Shrinker {

    /** {@code -Dsim.runs}. */
    private static final int MOST_RUNS = Integer.getInteger("sim.runs", 200);

    private final Runner runner;
    private final long seed;
    private BitSet without;
    private Result shortest;
    private int runs;

    /** @param failed the result to begin with */
    Shrinker(Runner runner, long seed, BitSet without, Result failed) {
        this.runner = runner;
        this.seed = seed;
        this.without = without;
        this.shortest = failed;
    }

    /** The numbers of the harms that need not be done. */
    BitSet without() {
        return without;
    }

    /** What came of the rest. */
    Result shortest() {
        return shortest;
    }

    int runs() {
        return runs;
    }

    void shrink() throws InterruptedException {
        for (int part = shortest.harms(); part > 0; part /= 2) {
            leaveOutParts(part);
        }
    }

    private void leaveOutParts(int part) throws InterruptedException {
        for (int from = 0; from < shortest.harms() && runs < MOST_RUNS; from += part) {
            BitSet more = (BitSet) without.clone();
            more.set(from, from + part);
            if (!more.equals(without)) {
                tryWithout(more);
            }
        }
    }

    private void tryWithout(BitSet more) throws InterruptedException {
        runs++;
        Result result = runner.run(seed, more, false);
        if (!result.violations().isEmpty()) {
            without = more;
            shortest = result;
        }
    }
}
