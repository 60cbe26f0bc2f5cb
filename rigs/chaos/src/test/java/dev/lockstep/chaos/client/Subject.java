package dev.lockstep.chaos.client;

/**
 * A token that a client holds.
 *
 * @param session the session's number in the history
 * @param token the token's number in the history
 * @param text the token
 * @param id the session's identifier
 * @param principal whose it is
 */
public record Subject(int session, int token, String text, String id, String principal) {

    /** As nodes name the session in their answers. */
    String name() {
        return id + "/" + principal;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Subject[" + session + "/" + token + "]";
    }
}
