package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.channel.PushFrame.RefusedException;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.ChannelListener.MessageRefusal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Pushes and acknowledgements by the application's key. A push is applied, and so acknowledged,
 * only if a node of the application has made it; an acknowledgement counts only if one has made it
 * for the very push that is waited for, in its epoch. Anything else is refused, counted, and told
 * once a minute, and the waiting goes on.
 *
 * <p>What is genuine may come again, later, or at nodes that it was not sent to: what was revoked
 * stays revoked, so applying it twice adds nothing, and to have acknowledged it is true for good of
 * that row. A node that knows the key can lie all the same; it can open sessions as well.
 *
 * <p>Thread-safe: {@code waiting} has the pushes whose deadline has not passed.
 */
public final class AuthenticatedMessages implements PushMessages {

    private static final Logger LOG = System.getLogger(AuthenticatedMessages.class.getName());

    private final String application;
    private final ApplicationKey key;
    private final NodeClock clock;
    private final ChannelListener listener;
    private final Map<PushId, Waiting> waiting = new ConcurrentHashMap<>();
    private final OnceAMinute refusals = new OnceAMinute();
    private final AtomicBoolean toldOfNoKey = new AtomicBoolean();

    /** @param application for people; which it is, its key says */
    public AuthenticatedMessages(String application, ApplicationKey key, NodeClock clock, ChannelListener listener) {
        this.application = application;
        this.key = key;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Optional<byte[]> push(Message message, Duration deadline, Consumer<String> acknowledged) {
        if (key.isAbsent()) {
            tellOfNoKey();
        }
        long now = clock.nanoTime();
        waiting.values().removeIf(each -> each.until - now < 0);
        return key.toMakeWith(KeyPurpose.CHANNEL).map(made -> {
            PushId push = PushId.random();
            waiting.put(push, new Waiting(now + deadline.toNanos(), message.epoch(), acknowledged));
            byte[] body = RevocationFormat.write(message.revocations());
            return new PushFrame(PushFrame.PUSH, made, push, message.epoch(), body).toBytes();
        });
    }

    @Override
    public Optional<byte[]> received(byte[] bytes, Receiver receiver) {
        try {
            PushFrame frame = PushFrame.read(bytes, key);
            if (frame.kind() == PushFrame.PUSH) {
                return applied(frame, receiver);
            }
            acknowledge(frame);
        } catch (RefusedException e) {
            refused(e.reason());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Not applied, so not acknowledged; the log brings it again", e);
        }
        return Optional.empty();
    }

    /** By the key of the push, which whoever made that one knows. */
    private static Optional<byte[]> applied(PushFrame push, Receiver receiver) throws RefusedException {
        Message message = RevocationFormat.read(push.body())
                .map(revocations -> new Message(push.epoch(), revocations))
                .orElseThrow(() -> new RefusedException(MessageRefusal.UNKNOWN_FORMAT));
        return receiver.apply(message)
                .map(row -> new PushFrame(
                                PushFrame.ACKNOWLEDGEMENT, push.key(), push.push(), push.epoch(), row.getBytes(UTF_8))
                        .toBytes());
    }

    private void acknowledge(PushFrame frame) {
        Waiting waits = waiting.get(frame.push());
        if (waits != null && waits.epoch == frame.epoch()) {
            waits.acknowledged.accept(new String(frame.body(), UTF_8));
        }
    }

    private void refused(MessageRefusal reason) {
        listener.messageRefused(reason);
        if (refusals.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0236 A message of the revocation channel was refused; logouts wait for polls instead. Forged:"
                            + " somebody else writes to the channel. Unknown format: a node of another release, or somebody"
                            + " else. Unknown key: this node or another is about to read the new one; for longer than a"
                            + " minute, lockstep.key is not the same on all nodes. application=" + application
                            + " reason=" + reason);
        }
    }

    private void tellOfNoKey() {
        if (toldOfNoKey.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0237 Nothing is pushed to the other nodes, as the application has no key to authenticate it"
                            + " with: logouts wait for their polls. Set lockstep.key. application=" + application);
        }
    }

    private record Waiting(long until, long epoch, Consumer<String> acknowledged) {}
}
