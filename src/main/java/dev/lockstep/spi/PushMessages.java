package dev.lockstep.spi;

import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The messages of a channel that pushes, as bytes that only the application's own nodes can make:
 * they are authenticated by a key that is derived from the application's key. A channel that
 * carries nothing else can be anybody's to read, to write, to repeat and to lose.
 *
 * <p>Whoever reads them learns digests of tokens that have ended, the identifiers of sessions, and
 * principals. Thread-safe; throws nothing.
 */
public interface PushMessages {

    /** Of an application without a key: nothing is sent, and nothing that comes is believed. */
    PushMessages NONE = new PushMessages() {
        @Override
        public Optional<byte[]> push(Message message, Duration deadline, Consumer<String> acknowledged) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> received(byte[] bytes, Receiver receiver) {
            return Optional.empty();
        }
    };

    /**
     * Makes a push.
     *
     * @param deadline after which acknowledgements are no longer of use
     * @param acknowledged called by {@link #received} with the row's identifier of each node that
     *     has acknowledged this push, once
     * @return what is to be sent to all other nodes; empty while this node does not know the key
     */
    Optional<byte[]> push(Message message, Duration deadline, Consumer<String> acknowledged);

    /**
     * Takes in what has come, from whomever. A push goes to the receiver, an acknowledgement to
     * whoever waits for it, and anything else nowhere.
     *
     * @param bytes not changed meanwhile
     * @param receiver of the push; one that throws has not applied it
     * @return the acknowledgement of a push that the receiver has applied: what is to be sent back
     *     to whoever sent it, or to all, as nobody else takes it for anything
     */
    Optional<byte[]> received(byte[] bytes, Receiver receiver);
}
