package dev.lockstep.sim.net;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.fault.FaultKind;
import dev.lockstep.sim.fault.FaultPlan;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.ExpiringCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to a cache that all share: it brings back what was removed or replaced, gives what
 * is another's or nobody's, fails, and takes its time.
 */
public final class LyingCache extends ExpiringCache {

    private static final long QUICK = 20_000;
    private static final long USUAL = 500_000;
    private static final long LATEST = 5_000_000_000L;
    /** Others come between in so many of a hundred operations: each costs a change of threads. */
    private static final double TIMED = 10;

    private static final String GET = "get";
    private static final String PUT = "put";
    private static final String DROP = "drop";

    private final Simulation simulation;
    private final FaultPlan faults;
    private final Choices choices;
    private final SharedCopies shared;
    private final CopySeal seal;

    public LyingCache(Simulation simulation, FaultPlan faults, Choices choices, SharedCopies shared, CopySeal seal) {
        this.simulation = simulation;
        this.faults = faults;
        this.choices = choices;
        this.shared = shared;
        this.seal = seal;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        travel(GET);
        byte[] bytes = found(digest);
        return bytes == null ? null : seal.open(digest, bytes);
    }

    private byte @Nullable [] found(TokenDigest digest) {
        if (faults.strikes(FaultKind.COPY_OLD, GET, 30) && !shared.old(digest).isEmpty()) {
            return choices.oneOf(shared.old(digest));
        }
        byte[] present = shared.get(digest);
        if (faults.strikes(FaultKind.COPY_FOREIGN, GET, 5)) {
            return shared.anothers();
        }
        return present != null && faults.strikes(FaultKind.COPY_FORGED, GET, 5) ? forged(present) : present;
    }

    private byte[] forged(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[choices.below(changed.length)] ^= (byte) (1 << choices.below(Byte.SIZE));
        return changed;
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        travel(PUT);
        byte[] bytes = seal.seal(copy);
        if (bytes != null) {
            shared.put(copy.digest(), bytes);
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        travel(DROP);
        if (!faults.strikes(FaultKind.COPY_KEPT, DROP, 50)) {
            shared.remove(digest);
        }
    }

    @Override
    public void clear() {
        shared.clear();
    }

    private void travel(String step) {
        if (faults.strikes(FaultKind.CACHE_LATE, step, 2)) {
            simulation.sleep(choices.spread(USUAL, LATEST));
        } else if (choices.percent(TIMED)) {
            simulation.sleep(choices.spread(QUICK, USUAL));
        }
        if (faults.strikes(FaultKind.CACHE_FAILING, step, 5)) {
            throw new CacheException("The cache fails", null);
        }
    }
}
