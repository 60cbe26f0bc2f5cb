package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/**
 * Revocations over JGroups, on a fork of the cluster's own channel. A push goes to all members at
 * once; each that has applied it answers. Who is a member proves nothing: what the messages are is
 * {@link PushMessages}' to say. Messages overtake others and bypass flow control, so that a push
 * neither waits behind copies nor for a member that is stuck.
 *
 * <p>Thread-safe. What can't be sent, read or applied is not acknowledged, and then the log
 * delivers it: nothing here throws. A fork outlives its channel where the server keeps the cluster,
 * so that a late answer to a push of a former deployment arrives at the channel of the next one,
 * which waits for none of that name.
 */
final class InfinispanChannel implements RevocationChannel {

    private static final Logger LOG = System.getLogger(InfinispanChannel.class.getName());

    private final ChannelConnection forks;
    private final PushMessages messages;
    private volatile @Nullable JChannel channel;

    private InfinispanChannel(ChannelConnection forks, PushMessages messages) {
        this.forks = forks;
        this.messages = messages;
    }

    static InfinispanChannel open(InfinispanSettings settings, CacheContext context, SharedConnection shared) {
        return new InfinispanChannel(ChannelConnection.open(settings, context, shared), context.pushMessages());
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
        if (open != null) {
            messages.push(message, deadline, acknowledged).ifPresent(bytes -> send(open, null, bytes));
        }
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
    private static void send(JChannel channel, @Nullable Address to, byte[] bytes) {
        try {
            channel.send(new BytesMessage(to, bytes)
                    .setFlag(org.jgroups.Message.Flag.OOB, org.jgroups.Message.Flag.NO_FC)
                    .setFlag(org.jgroups.Message.TransientFlag.DONT_LOOPBACK));
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes", e);
        }
    }

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
            JChannel open = channel;
            if (open != null) {
                messages.received(bytes(received), receiver).ifPresent(answer -> send(open, received.getSrc(), answer));
            }
        }

        private static byte[] bytes(org.jgroups.Message received) {
            int offset = received.getOffset();
            if (received.getLength() == 0) {
                return new byte[0]; // there may be no array
            }
            return Arrays.copyOfRange(received.getArray(), offset, offset + received.getLength());
        }
    }
}
