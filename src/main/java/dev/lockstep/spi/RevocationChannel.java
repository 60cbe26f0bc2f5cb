package dev.lockstep.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends revocations to the other nodes at once. It only makes logouts faster: a channel may lose,
 * repeat, delay or reorder messages. It must never acknowledge on behalf of a node that has not
 * applied the message.
 */
public interface RevocationChannel extends AutoCloseable {

    /** Starts receiving. Called once, before the first push. */
    void start(Receiver receiver);

    /**
     * Sends to all other nodes that it can reach. Never blocks and never throws.
     *
     * @param deadline after which acknowledgements are no longer of use
     * @param acknowledged called with the row's identifier of each node that acknowledged, as soon
     *     as it did, from any thread
     */
    void push(Message message, Duration deadline, Consumer<String> acknowledged);

    @Override
    void close();

    /** Applies what other nodes revoked. */
    interface Receiver {
        /**
         * Adds revocations to this node's facts.
         *
         * @return this node's row identifier: the acknowledgement that its facts now hold the
         *     message; empty where they do not
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
