package dev.lockstep.spi;

import dev.lockstep.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the other nodes of a revocation at once. It only makes logouts quick: a channel may lose, repeat, delay or
 * reorder messages. What it may never do is to acknowledge for a node that has not applied a message.
 */
public interface RevocationChannel extends AutoCloseable {

    /** Begins to receive. Called once, before the first push. */
    void start(Receiver receiver);

    /**
     * Sends to all other nodes that it can reach. Never blocks and never throws.
     *
     * @param deadline after which acknowledgements are of no use any more
     * @param acknowledged called with the row's identifier of each node that acknowledged, as soon as it did, from any
     *     thread
     */
    void push(Message message, Duration deadline, Consumer<String> acknowledged);

    @Override
    void close();

    /** Applies what other nodes revoked. */
    interface Receiver {
        /**
         * Puts revocations among this node's facts.
         *
         * @return this node's row identifier: the acknowledgement that its facts now hold the message; empty where they
         *     do not
         */
        Optional<String> apply(Message message);
    }

    /**
     * Revocations of one epoch.
     *
     * @param epoch the log's epoch
     * @param revocations what was revoked
     */
    record Message(long epoch, List<Revocation> revocations) {
        public Message {
            revocations = List.copyOf(revocations);
        }
    }
}
