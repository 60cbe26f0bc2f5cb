package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.channel.PushFrame.RefusedException;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.concurrent.RateLimiter;
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
import java.util.Set;
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
 * <p>Work that was of no use (what was forged, what a node of a later release has pushed and this
 * one can't read, what was not applied, acknowledgements that came before or that nobody waits for)
 * is taken from a budget, and where that is spent, what comes is not looked at until there is some
 * again: so a flood costs a node
 * {@value #USELESS_PER_SECOND} codes a second beyond the reading of it, and has logouts wait for
 * polls, or pokes.
 *
 * <p>Thread-safe: {@code waiting} has the pushes whose deadline has not passed.
 */
public final class AuthenticatedMessages implements PushMessages {

    private static final Logger LOG = System.getLogger(AuthenticatedMessages.class.getName());

    /** More than come for nothing where nobody means harm, as while the key is replaced. */
    static final int USELESS_AT_ONCE = 500;

    /** Of messages as long as a notification, less than a percent of a core. */
    static final int USELESS_PER_SECOND = 500;

    private final String application;
    private final ApplicationKey key;
    private final NodeClock clock;
    private final ChannelListener listener;
    private final Map<PushId, Waiting> waiting = new ConcurrentHashMap<>();
    private final RateLimiter useless;
    private final OnceAMinute refusals = new OnceAMinute();
    private final AtomicBoolean toldOfNoKey = new AtomicBoolean();

    /** @param application for people; which it is, its key says */
    public AuthenticatedMessages(String application, ApplicationKey key, NodeClock clock, ChannelListener listener) {
        this.application = application;
        this.key = key;
        this.clock = clock;
        this.listener = listener;
        this.useless = new RateLimiter(USELESS_AT_ONCE, USELESS_PER_SECOND, clock::nanoTime);
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
            waiting.put(
                    push,
                    new Waiting(
                            now + deadline.toNanos(), message.epoch(), ConcurrentHashMap.newKeySet(), acknowledged));
            byte[] body = RevocationFormat.write(message.revocations());
            return new PushFrame(PushFrame.PUSH, made, push, message.epoch(), body).toBytes();
        });
    }

    @Override
    public Optional<byte[]> received(byte[] bytes, Receiver receiver) {
        if (!useless.take(1)) {
            refused(MessageRefusal.TOO_MANY);
            return Optional.empty();
        }
        boolean ofUse = false;
        try {
            PushFrame frame = PushFrame.read(bytes, key);
            boolean isPush = frame.kind() == PushFrame.PUSH;
            Optional<byte[]> answer = isPush ? applied(frame, receiver) : Optional.empty();
            ofUse = isPush ? answer.isPresent() : acknowledge(frame);
            return answer;
        } catch (RefusedException e) {
            ofUse = !e.isAfterCheck(); // it has cost nothing
            refused(e.reason());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Not applied, so not acknowledged; the log brings it again", e);
        } finally {
            useless.giveBack(ofUse ? 1 : 0);
        }
        return Optional.empty();
    }

    /** By the key of the push, which whoever made that one knows. */
    private static Optional<byte[]> applied(PushFrame push, Receiver receiver) throws RefusedException {
        Message message = RevocationFormat.read(push.body())
                .map(revocations -> new Message(push.epoch(), revocations))
                .orElseThrow(() -> new RefusedException(MessageRefusal.UNKNOWN_FORMAT, true));
        return receiver.apply(message)
                .map(row -> new PushFrame(
                                PushFrame.ACKNOWLEDGEMENT, push.key(), push.push(), push.epoch(), row.getBytes(UTF_8))
                        .toBytes());
    }

    /** Whether that settles a node that has not acknowledged before. */
    private boolean acknowledge(PushFrame frame) {
        Waiting waits = waiting.get(frame.push());
        if (waits == null || waits.epoch != frame.epoch()) {
            return false;
        }
        String row = new String(frame.body(), UTF_8);
        boolean first = waits.rows.add(row);
        if (first) {
            waits.acknowledged.accept(row);
        }
        return first;
    }

    private void refused(MessageRefusal reason) {
        listener.messageRefused(reason);
        if (refusals.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0236 A message of the revocation channel was refused; logouts wait for polls instead."
                            + " Forged: somebody else writes to the channel. Unknown format: a node of another release, or"
                            + " somebody else. Unknown key: this node or another is about to read the new one; for longer"
                            + " than a minute, lockstep.key is not the same on all nodes. Too many: of those that were of"
                            + " no use. application=" + application + " reason=" + reason);
        }
    }

    private void tellOfNoKey() {
        if (toldOfNoKey.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0237 Nothing is pushed to the other nodes, as the application has no key to authenticate"
                            + " it with: logouts wait for their polls. Set lockstep.key. application=" + application);
        }
    }

    /** @param rows that have acknowledged; as many as nodes of ours */
    private record Waiting(long until, long epoch, Set<String> rows, Consumer<String> acknowledged) {}
}
