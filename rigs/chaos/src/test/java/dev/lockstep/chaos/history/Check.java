package dev.lockstep.chaos.history;

/**
 * A node was asked whether a token is good, or whether a session is among those of its principal.
 *
 * @param session the session
 * @param token the token, or {@link End#WHOLE_SESSION} where the session was listed rather than its
 *     token validated
 * @param node which node was asked
 * @param began when the call was sent
 * @param ended when it was answered
 * @param answer what was answered
 */
public record Check(int session, int token, int node, long began, long ended, Answer answer) {

    /** What a node answers. */
    public enum Answer {
        /** Accepted: 200. */
        ACCEPTED,
        /** Accepted as another session, or as another principal. */
        MISTAKEN,
        /** Accepted as what somebody has forged: who can write to the cache made it up. */
        FORGED,
        /** Refused as unknown: 401. */
        REFUSED,
        /** The node could not tell: 503. */
        UNAVAILABLE,
        /** The connection broke before an answer came. */
        LOST
    }
}
