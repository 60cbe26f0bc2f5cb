package dev.lockstep.chaos.agent;

import java.time.Duration;

/**
 * Expired sessions are swept every second, and as soon as the protocol allows, so that a short run
 * sees it.
 */
public final class QuickSweep {

    /** Longer than 1.25 times the longest lease of any node of the test, but not by much. */
    public static final Duration GRACE = Duration.ofSeconds(6);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private QuickSweep() {}

    /** @param what the task's name in the product */
    public static Duration period(String what, Duration usual) {
        return what.equals("The deletion of expired sessions") ? PERIOD : usual;
    }
}
