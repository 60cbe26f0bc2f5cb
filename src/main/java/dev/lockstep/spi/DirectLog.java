package dev.lockstep.spi;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * What makes logouts quicker with a store that keeps a {@link RevocationLog}, and need not be
 * there: the same store implements it.
 */
public interface DirectLog {

    /** A way to the log without a change of threads. */
    LogConnection connect();

    /** A channel that the database itself provides; empty where it does not. */
    default Optional<StoreChannel> channel() {
        return Optional.empty();
    }

    /**
     * A channel of the store's own.
     *
     * @param name the value of {@code lockstep.channel} that selects it; {@code auto} does, too,
     *     unless a channel goes with the cache that is chosen
     * @param factory opens it; called once at most
     */
    record StoreChannel(String name, Factory factory) {

        /** Opens a store's own channel. */
        @FunctionalInterface
        public interface Factory {
            /**
             * Connects to nothing yet.
             *
             * @param threads makes its threads, which end when it is closed
             * @param listener told whether it is up; must not throw
             */
            RevocationChannel open(ThreadFactory threads, ChannelListener listener);

            /**
             * Likewise, for a channel that pushes.
             *
             * @param messages by which nodes know that they are each other's
             */
            default RevocationChannel open(ThreadFactory threads, ChannelListener listener, PushMessages messages) {
                return open(threads, listener);
            }
        }
    }
}
