package dev.lockstep.chaos.history;

/**
 * Somebody presented a token that no node has issued.
 *
 * @param node which node was asked
 * @param began when the call was sent
 * @param ended when it was answered
 * @param outcome what was answered
 */
public record Attempt(int node, long began, long ended, Outcome outcome) {

    /** What becomes of it. */
    public enum Outcome {
        /** It opened a session. */
        ACCEPTED,
        /** It was refused by its tag. */
        KNOWN_AS_FORGED,
        /** It was refused, but by looking for a session. */
        LOOKED_UP,
        /** The node could not tell, or no answer came. */
        UNANSWERED
    }
}
