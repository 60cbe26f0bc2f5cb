package dev.lockstep.chaos.history;

/**
 * A token came to be, by opening a session or by rotation. All times here are
 * {@link System#nanoTime} of the clients' JVM.
 *
 * @param session the session's number
 * @param token the token's number
 * @param began when the call was sent
 * @param ended when it returned
 * @param life how long the session lives by the store's clock, in nanoseconds, or {@link #LONG}
 */
public record Birth(int session, int token, long began, long ended, long life) {

    /** Longer than any run. */
    public static final long LONG = Long.MAX_VALUE;

    /** The session began while the call was under way, and clocks tell milliseconds. */
    private static final long TOLERANCE = 50_000_000;

    public Birth(int session, int token, long began, long ended) {
        this(session, token, began, ended, LONG);
    }

    /** Whether its time cannot be over by then. */
    boolean isInTime(long then) {
        return life == LONG || then - began < life - TOLERANCE;
    }

    /** Whether its time must have been over by then. */
    boolean isOverTime(long then) {
        return life != LONG && then - ended > life + TOLERANCE;
    }
}
