package dev.lockstep.sim.store;

/**
 * What becomes of one call of the store on its way.
 *
 * @param toServer how long the request takes, in nanoseconds
 * @param toClient how long the answer takes
 */
public record Fate(Kind kind, long toServer, long toClient) {

    /** How it ends. */
    public enum Kind {
        /** It is done and answered. */
        ANSWERED,
        /** The connection breaks before the request is there. */
        BROKEN_BEFORE,
        /** It is done, and the connection breaks before the answer is there. */
        BROKEN_AFTER,
        /** The request is lost, and nobody says so. */
        REQUEST_LOST,
        /** It is done, and the answer is lost. */
        REPLY_LOST,
        /** The database refuses it: a constraint, a broken page. */
        REFUSED
    }

    /** Whether the request comes to the server. */
    boolean arrives() {
        return kind != Kind.BROKEN_BEFORE && kind != Kind.REQUEST_LOST && kind != Kind.REFUSED;
    }

    /** Decides it for each call. */
    @FunctionalInterface
    public interface Decider {
        Fate of(Operation operation);
    }
}
