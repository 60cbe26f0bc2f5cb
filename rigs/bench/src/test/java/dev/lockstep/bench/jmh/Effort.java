package dev.lockstep.bench.jmh;

/**
 * How much is measured.
 *
 * @param rounds of all benchmarks
 * @param warmUpSeconds how long a fork's first calls are not counted at most, if they are too slow
 *     to reach their number
 * @param warmUps further seconds that are not counted
 * @param iterations seconds that are
 */
record Effort(int rounds, int warmUpSeconds, int warmUps, int iterations) {

    static final Effort FULL = new Effort(3, 5, 1, 2);
    static final Effort QUICK = new Effort(1, 2, 0, 2);
}
