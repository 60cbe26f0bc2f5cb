package dev.lockstep.spi;

import dev.lockstep.Revocation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Tells the other nodes of a revocation at once. It only makes logouts quick: a channel may lose, repeat, delay or
 * reorder messages. What it may never do is to acknowledge for a node that has not applied a message.
 */
public interface RevocationChannel extends AutoCloseable {

    /**
     * Begins to receive.
     *
     * @param nodeId this node's row now; asked for with every message
     * @param receiver applies messages of other nodes
     */
    void start(NodeId nodeId, Receiver receiver);

    /**
     * Sends to all other nodes that it can reach, and never blocks.
     *
     * @param deadline when to give up waiting for answers
     * @return completes with the identifiers of the nodes that acknowledged, at the latest when the deadline is over;
     *     never exceptionally
     */
    CompletionStage<Set<String>> push(Message message, Duration deadline);

    @Override
    void close();

    /** The identifier of this node's row at the moment. */
    interface NodeId {
        String get();
    }

    /** Applies what other nodes revoked. */
    interface Receiver {
        /** Whether the facts now hold the message: the acknowledgement. */
        boolean apply(Message message);
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

        /** Joins the revocations of several logouts. */
        public static Message of(long epoch, Collection<Revocation> revocations) {
            return new Message(epoch, List.copyOf(revocations));
        }
    }
}
