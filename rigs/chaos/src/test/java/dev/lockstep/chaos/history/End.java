package dev.lockstep.chaos.history;

/**
 * A call that ends a session (a revocation, of whatever kind) or one token of it (a rotation). A
 * call that ends several sessions is recorded once for each, under one number.
 *
 * @param call the call's number
 * @param session the session
 * @param token the token that a rotation replaces, or {@link #WHOLE_SESSION}
 * @param named the token that the call named the session by, or {@link #WHOLE_SESSION}
 * @param node which node was asked
 * @param began when the call was sent
 * @param ended when it was answered, or given up
 * @param result how it was answered
 */
public record End(int call, int session, int token, int named, int node, long began, long ended, Result result) {

    public static final int WHOLE_SESSION = -1;

    /** How a call was answered. */
    public enum Result {
        /** It returned: from now on the promise holds. */
        RETURNED,
        /** It threw: what became of it is unknown. */
        THREW,
        /** No answer came: the connection broke, or nobody asked for this end in particular. */
        LOST,
        /** No answer came for so long that nobody waits any more. */
        SILENT,
        /** No answer has come yet. */
        UNDER_WAY
    }

    /** A call that is being sent. */
    public static End begun(int call, int session, int token, int named, int node) {
        return new End(call, session, token, named, node, System.nanoTime(), Long.MAX_VALUE, Result.UNDER_WAY);
    }

    public End answered(long began, long ended, Result result) {
        return new End(call, session, token, named, node, began, ended, result);
    }

    boolean isRevocation() {
        return token == WHOLE_SESSION;
    }

    boolean concerns(int otherToken) {
        return token == WHOLE_SESSION || token == otherToken;
    }
}
