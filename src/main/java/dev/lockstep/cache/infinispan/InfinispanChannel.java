package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.cache.wire.RevocationCodec;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/**
 * Revocations over JGroups, on a fork of the cluster's own channel. A push goes to all members at
 * once; each that has applied it answers with its row's identifier. Messages overtake others and
 * bypass flow control, so that a push neither waits behind copies nor for a member that is stuck.
 *
 * <p>Thread-safe. What can't be sent, read or applied is not acknowledged, and then the log
 * delivers it: nothing here throws. Nothing is acknowledged before
 * {@link RevocationChannel.Receiver#apply} returned a row's identifier. An acknowledgement counts
 * for the push that it names alone: a fork outlives its channel where the server keeps the cluster,
 * so that a late answer to a push of a former deployment arrives at the channel of the next one.
 */
final class InfinispanChannel implements RevocationChannel {

    private static final Logger LOG = System.getLogger(InfinispanChannel.class.getName());

    private final ChannelConnection forks;
    private final NodeClock clock;
    private final RevocationCodec codec = new RevocationCodec();
    private final Map<PushId, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable JChannel channel;

    private InfinispanChannel(ChannelConnection forks, NodeClock clock) {
        this.forks = forks;
        this.clock = clock;
    }

    static InfinispanChannel open(InfinispanSettings settings, CacheContext context, SharedConnection shared) {
        return new InfinispanChannel(ChannelConnection.open(settings, context, shared), context.clock());
    }

    @Override
    public void start(RevocationChannel.Receiver receiver) {
        try {
            channel = forks.connect(new Incoming(receiver)).orElse(null);
        } catch (Exception e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0323 The revocation channel does not start; logouts take up to a poll period until it does."
                            + " Check the lockstep.infinispan settings. channel=infinispan",
                    e);
        }
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        JChannel open = channel;
        if (open == null) {
            return;
        }
        forgetTheLate();
        PushId push = PushId.random();
        waiting.put(push, new Waiting(clock.nanoTime() + deadline.toNanos(), acknowledged));
        send(open, null, ChannelMessage.push(push, codec.encode(message)));
    }

    @Override
    public void close() {
        channel = null;
        try {
            forks.close();
        } catch (Exception e) {
            throw new CacheException("LOCKSTEP-0324 The revocation channel could not be closed.", e);
        }
    }

    /** The member's address, or null for all. */
    private static void send(JChannel channel, @Nullable Address to, ChannelMessage frame) {
        try {
            channel.send(new BytesMessage(to, frame.toBytes())
                    .setFlag(org.jgroups.Message.Flag.OOB, org.jgroups.Message.Flag.NO_FC)
                    .setFlag(org.jgroups.Message.TransientFlag.DONT_LOOPBACK));
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes", e);
        }
    }

    private void forgetTheLate() {
        long now = clock.nanoTime();
        waiting.values().removeIf(each -> each.until - now < 0);
    }

    private record Waiting(long until, Consumer<String> acknowledged) {}

    /** What comes from other members, on JGroups' threads. */
    private final class Incoming implements org.jgroups.Receiver {

        private final RevocationChannel.Receiver receiver;

        Incoming(RevocationChannel.Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void receive(org.jgroups.Message received) {
            if (!(received instanceof BytesMessage)) {
                return; // none of ours, and nothing of what it carries is looked at
            }
            ChannelMessage frame = ChannelMessage.read(received.getArray(), received.getOffset(), received.getLength());
            switch (frame.kind()) {
                case ChannelMessage.PUSH -> apply(frame, received.getSrc());
                case ChannelMessage.ACKNOWLEDGEMENT -> acknowledge(frame);
                default -> LOG.log(Level.DEBUG, "Neither a push nor an acknowledgement");
            }
        }

        private void apply(ChannelMessage frame, Address from) {
            RevocationChannel.Message message = codec.decode(frame.rest());
            JChannel open = channel;
            if (message == null || open == null) {
                return;
            }
            try {
                receiver.apply(message)
                        .ifPresent(id -> send(open, from, ChannelMessage.acknowledgement(frame.push(), id)));
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "Not applied, so not acknowledged; the log brings it again", e);
            }
        }

        private void acknowledge(ChannelMessage frame) {
            Waiting waits = waiting.get(frame.push());
            if (waits != null) {
                waits.acknowledged.accept(frame.text());
            }
        }
    }
}
