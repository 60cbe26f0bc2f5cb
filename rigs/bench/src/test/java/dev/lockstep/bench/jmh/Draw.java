package dev.lockstep.bench.jmh;

/** Numbers below a limit at random, by xorshift: cheap, and without end. For one thread. */
final class Draw {

    private final int limit;
    private long state = 0x9E3779B97F4A7C15L;

    Draw(int limit) {
        this.limit = limit;
    }

    int next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) (((state >>> 32) * limit) >>> 32);
    }
}
