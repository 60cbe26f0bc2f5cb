package dev.lockstep.chaos.fault;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The random choices of one fault. Used by one thread. */
public final class Chance {

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Lets time pass. */
    void last(int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(between(fromMillis, toMillis));
    }
}
