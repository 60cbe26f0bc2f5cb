package dev.lockstep.chaos.history;

/**
 * A token came to be, by opening a session or by rotation. All times here are {@link System#nanoTime} of the clients'
 * JVM.
 *
 * @param session the session's number
 * @param token the token's number
 * @param began when the call was sent
 * @param ended when it returned
 */
public record Birth(int session, int token, long began, long ended) {}
