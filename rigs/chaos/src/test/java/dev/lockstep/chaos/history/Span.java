package dev.lockstep.chaos.history;

/**
 * A fault, from its beginning to the end of its repair.
 *
 * @param kind which kind of fault
 * @param node which node it struck, or {@link #NO_NODE}
 * @param began before it was caused
 * @param ended after it was repaired; {@link Long#MAX_VALUE} while it lasts
 */
public record Span(String kind, int node, long began, long ended) {

    public static final int NO_NODE = -1;

    /** The kind of fault in which the store's clock is wrong. */
    public static final String STORE_CLOCK = "store-clock";

    /** The kind of fault in which a node stands still. */
    public static final String NODE_PAUSE = "node-pause";

    /** Not a fault by itself: a node does not go on with what it has committed. */
    public static final String LOGOUTS_HELD = "logouts-held";
}
