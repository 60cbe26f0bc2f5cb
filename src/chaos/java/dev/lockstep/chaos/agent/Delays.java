package dev.lockstep.chaos.agent;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The delays at the named points: each point draws from a sequence of its own, which the seed and the node determine.
 * Thread-safe.
 */
public final class Delays {

    private static final Map<String, Random> SEQUENCES = new ConcurrentHashMap<>();
    private static final long SEED = Long.getLong("chaos.seed", 0) * 31 + Long.getLong("chaos.node", 0);

    private Delays() {}

    /** Waits, now and then, at one of the {@link DelayPoint}s. */
    public static void at(String point) {
        DelayPoint delayPoint = DelayPoint.valueOf(point);
        long nanos = draw(delayPoint);
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private static long draw(DelayPoint point) {
        Random random =
                SEQUENCES.computeIfAbsent(point.name(), name -> new Random(SEED ^ ((long) name.hashCode() << 20)));
        synchronized (random) {
            return point.draw(random);
        }
    }
}
