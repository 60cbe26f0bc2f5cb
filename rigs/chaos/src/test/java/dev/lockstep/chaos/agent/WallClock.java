package dev.lockstep.chaos.agent;

/**
 * How far this JVM's wall clock is off, as a node's {@code NodeClock} reads it, or H2 tells it in
 * statements.
 */
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
