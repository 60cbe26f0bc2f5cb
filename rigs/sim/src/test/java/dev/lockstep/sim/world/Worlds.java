package dev.lockstep.sim.world;

import dev.lockstep.sim.check.Violation;
import dev.lockstep.sim.fault.Coverage;
import dev.lockstep.sim.fault.Pairs;
import dev.lockstep.sim.weave.Runner;
import java.util.BitSet;
import java.util.List;

/** One world after the other. */
public final class Worlds implements Runner {

    private final String aim;
    private final Counts totals = new Counts();
    private final Coverage coverage = new Coverage();

    /** @param aim what is done most, by its spelling; empty for nothing in particular */
    public Worlds(String aim) {
        this.aim = aim;
    }

    @Override
    public Result run(long seed, BitSet leftOut, boolean worded) throws InterruptedException {
        World world = new World(seed, leftOut, worded, aim);
        world.run();
        totals.add(world.totals());
        coverage.add(world.coverage());
        return new Result(
                world.violations().stream().map(Violation::toString).toList(),
                world.trace().hash(),
                world.trace().last(),
                world.harms(),
                world.totals().validations());
    }

    @Override
    public List<String> coverage() {
        return coverage.table();
    }

    @Override
    public List<String> missing() {
        return Pairs.missing(coverage);
    }

    @Override
    public String totals() {
        return totals.toString();
    }
}
