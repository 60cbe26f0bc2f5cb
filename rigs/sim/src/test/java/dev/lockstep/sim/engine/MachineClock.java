package dev.lockstep.sim.engine;

import dev.lockstep.spi.NodeClock;

/**
 * The clocks of a machine, which run at a rate of their own: a monotonic one that stands still
 * while the machine is suspended, and a wall clock that somebody sets.
 */
public final class MachineClock implements NodeClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BEGINNING_MILLIS = 1_700_000_000_000L;

    private final Simulation simulation;
    private final double rate;
    private long monotonic;
    private long since;
    private boolean stands;
    private long wallAheadMillis;

    /** @param rate 1 for one that is right */
    public MachineClock(Simulation simulation, double rate, long firstNanos) {
        this.simulation = simulation;
        this.rate = rate;
        this.monotonic = firstNanos;
    }

    @Override
    public long nanoTime() {
        return stands ? monotonic : monotonic + (long) ((simulation.nanos() - since) * rate);
    }

    @Override
    public long wallMillis() {
        return BEGINNING_MILLIS + wallAheadMillis + (long) (simulation.nanos() * rate) / NANOS_PER_MILLI;
    }

    /** How long it really takes until the monotonic clock has gone on by so much. */
    public long really(long measured) {
        return (long) (measured / rate);
    }

    public void jump(long millis) {
        wallAheadMillis += millis;
    }

    /** The machine is suspended, or wakes up. */
    public void stand(boolean still) {
        monotonic = nanoTime();
        since = simulation.nanos();
        stands = still;
    }
}
