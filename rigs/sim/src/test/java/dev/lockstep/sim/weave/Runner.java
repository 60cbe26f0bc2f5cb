package dev.lockstep.sim.weave;

import java.util.BitSet;
import java.util.List;

/** Runs worlds; implemented behind the loader. */
public interface Runner {

    /** So many validations and more must have come by every pair of a harm and a step. */
    long FULL = 50_000_000;

    /**
     * @param leftOut the numbers of the harms that are not done
     * @param worded whether the trace is to be read
     */
    Result run(long seed, BitSet leftOut, boolean worded) throws InterruptedException;

    /**
     * What came of one world.
     *
     * @param violations none where all is well
     * @param trace a hash of all that has happened
     * @param last what has happened last, in words
     * @param harms how many numbers the harms had
     */
    record Result(List<String> violations, long trace, List<String> last, int harms, long validations) {}

    /** A line for each kind of harm: how often it was done at which step. */
    List<String> coverage();

    /** The pairs of a harm and a step that can happen, and did not until now. */
    List<String> missing();

    /** All that has happened until now, in words. */
    String totals();

    /** A runner with a rule broken; null for none. */
    static Runner with(@org.jspecify.annotations.Nullable Slip slip) {
        SimLoader loader = new SimLoader(slip);
        try {
            loader.initialise(List.of("revocation.RevokedSet$Table", "spi.Poke", "store.jdbc.dialect.LogEntry"));
            return (Runner) Class.forName("dev.lockstep.sim.world.Worlds", true, loader)
                    .getDeclaredConstructor(String.class)
                    .newInstance(slip == null ? "" : slip.aim());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
