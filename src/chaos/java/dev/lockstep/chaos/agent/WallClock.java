package dev.lockstep.chaos.agent;

/** How far this node's wall clock is off, as its {@code NodeClock} reads it. */
public final class WallClock {

    private static volatile long offsetMillis;

    private WallClock() {}

    public static void set(long millis) {
        offsetMillis = millis;
    }

    public static long offsetMillis() {
        return offsetMillis;
    }
}
