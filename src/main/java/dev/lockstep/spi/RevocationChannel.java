package dev.lockstep.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells the other nodes of revocations at once. It only makes logouts faster: a channel may lose,
 * repeat, delay or reorder messages.
 *
 * <p>There are two ways, of which a channel has one or both. It sends what was revoked, and brings
 * back who has applied it: it must never acknowledge on behalf of a node that has not applied the
 * message, which {@link PushMessages} see to whoever can write to it. Or it sends {@linkplain Poke
 * pokes}, which make the receivers read the store. One that has both pokes those that a push does
 * not reach.
 */
public interface RevocationChannel extends AutoCloseable {

    /** Whether it pokes: it answers, and tells its listener when it hears the other nodes. */
    default boolean pokes() {
        return false;
    }

    /**
     * Whether it sends what is revoked now, and brings back acknowledgements. One that also pokes
     * does that alone while it can't hear them.
     */
    default boolean pushes() {
        return !pokes();
    }

    /** Starts receiving. Called once, before the first push. */
    void start(Receiver receiver);

    /**
     * Sends to all other nodes that it can reach: the message, a poke with the newest of its
     * positions, or both. Never blocks and never throws.
     *
     * @param deadline after which acknowledgements are no longer of use
     * @param acknowledged called with the row's identifier of each node that acknowledged, as soon
     *     as it did, from any thread; never by a channel that only pokes
     */
    void push(Message message, Duration deadline, Consumer<String> acknowledged);

    /**
     * Pokes those who wait for this node: it has applied the log, and has written so. Never blocks
     * and never throws. For a channel that pokes.
     *
     * @param senders of the pokes that are answered; not empty
     */
    default void answer(LogPosition applied, Set<String> senders) {}

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

        /**
         * The same, for a channel that sends the acknowledgement first: what is left to be done
         * then, such as telling the application's observers, keeps no logout waiting.
         *
         * @param later runs all that it is given, in this order, also where nothing is
         *     acknowledged; may throw what that throws
         */
        default Optional<String> apply(Message message, Executor later) {
            return apply(message);
        }

        /**
         * Pokes of other nodes have come: reads the store, on the thread that calls, for as long as
         * the store takes. So a channel calls it on a thread of its own, gathers what comes
         * meanwhile, and hands that over together. Never throws.
         *
         * @param pokes no more than some hundred; what is beyond can be dropped
         * @return how long the channel lets pass before it hands these over again, together with
         *     what has come since; zero where they have been dealt with. Too many that were of no
         *     use have come if it is positive
         */
        default Duration poked(Collection<Poke> pokes) {
            return Duration.ZERO;
        }
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
