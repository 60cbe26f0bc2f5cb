package dev.lockstep.spi;

/**
 * Hears what a node's revocation channel does; the part of {@link NodeListener} that is about that,
 * whose rules hold here.
 */
public interface ChannelListener {

    /**
     * Revocations are pushed to the other nodes. Called by the thread that committed them. Those of
     * the nodes that never acknowledge are not told by {@link NodeListener#nodeSettled} as such.
     *
     * @param nodes how many are waited for
     */
    default void pushed(int nodes) {}

    /**
     * Another node's push has come. Called by the channel's thread.
     *
     * @param applied whether it was acknowledged; a node that is not registered, or knows another
     *     history of the store, does not
     */
    default void pushReceived(boolean applied) {}

    /**
     * A message of the channel was refused: as a rule since it can't be told that a node of the
     * application has made it. Called by the channel's thread.
     */
    default void messageRefused(MessageRefusal why) {}

    /** Why. */
    enum MessageRefusal {
        /** It is none of this release's: another release's, or anybody's. */
        UNKNOWN_FORMAT,
        /** It was made with a version of the application's key that this node does not know. */
        UNKNOWN_KEY,
        /** It was not made with the key that it names, or was changed. */
        FORGED,
        /** It was not looked at, since too many came before it that were of no use. */
        TOO_MANY
    }

    /**
     * The other nodes are poked, since revocations were committed, by a channel that only pokes, or
     * does so until it hears them again.
     * Called by the thread that committed them. What a poke brings about is not told as such: the
     * node is {@linkplain NodeListener.SettledBy#APPLIED settled} by its row.
     *
     * @param nodes how many are waited for
     */
    default void poking(int nodes) {}

    /**
     * Pokes of other nodes have come, and the store was read for their sake where they told
     * anything new. Called by the channel's thread.
     *
     * @param pokes how many there were together
     */
    default void poked(int pokes) {}

    /**
     * The revocation channel begins to hear the other nodes, or does not hear them any more. Called
     * by the channel's thread, by channels that can tell.
     */
    default void channel(boolean up) {}
}
