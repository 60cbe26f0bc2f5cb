package dev.lockstep.chaos.agent;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The delays at the named points: each point draws from a sequence of its own, which the seed and
 * the node determine. Thread-safe.
 */
public final class Delays {

    private static final Map<String, Random> SEQUENCES = new ConcurrentHashMap<>();
    /**
     * Passed often in a row where a log is long: a delay is followed by a multiple of its length
     * without any.
     */
    private static final Set<DelayPoint> IN_LOOPS =
            EnumSet.of(DelayPoint.BEFORE_RAISING_FLOOR, DelayPoint.BEFORE_FORGETTING);

    private static final int REST = 5;
    private static final Map<DelayPoint, Long> REST_UNTIL = new ConcurrentHashMap<>();
    private static final Map<DelayPoint, Aim.Delay> AIMED = aimed();
    private static final Map<DelayPoint, CountDownLatch> HELD = new ConcurrentHashMap<>();
    private static final long LONGEST_HOLD_SECONDS = 60;
    private static final long SEED = Long.getLong("chaos.seed", 0) * 31 + Long.getLong("chaos.node", 0);

    private Delays() {}

    /**
     * From now on whoever comes to this point waits there, until it is released or the time is
     * over.
     */
    public static void hold(DelayPoint point) {
        HELD.put(point, new CountDownLatch(1));
    }

    public static void release(DelayPoint point) {
        CountDownLatch held = HELD.remove(point);
        if (held != null) {
            held.countDown();
        }
    }

    /** Waits, now and then, at one of the {@link DelayPoint}s. */
    public static void at(String point) {
        awaitRelease(DelayPoint.valueOf(point));
        DelayPoint delayPoint = DelayPoint.valueOf(point);
        long nanos = draw(delayPoint);
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private static void awaitRelease(DelayPoint point) {
        CountDownLatch held = HELD.get(point);
        if (held != null) {
            try {
                var unused = held.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long draw(DelayPoint point) {
        Random random =
                SEQUENCES.computeIfAbsent(point.name(), name -> new Random(SEED ^ ((long) name.hashCode() << 20)));
        Aim.Delay delay = AIMED.getOrDefault(point, point.usual());
        synchronized (random) {
            boolean waits = random.nextInt(100) < delay.percent() && !rests(point);
            long nanos = waits ? (long) (random.nextDouble() * delay.millis() * 1_000_000) : 0;
            if (waits && IN_LOOPS.contains(point)) {
                REST_UNTIL.put(point, System.nanoTime() + REST * nanos);
            }
            return nanos;
        }
    }

    private static boolean rests(DelayPoint point) {
        Long until = REST_UNTIL.get(point);
        return until != null && System.nanoTime() - until < 0;
    }

    private static Map<DelayPoint, Aim.Delay> aimed() {
        Map<DelayPoint, Aim.Delay> aimed = new EnumMap<>(DelayPoint.class);
        BrokenRule.chosen().forEach(rule -> aimed.putAll(rule.aim().delays()));
        return aimed;
    }
}
