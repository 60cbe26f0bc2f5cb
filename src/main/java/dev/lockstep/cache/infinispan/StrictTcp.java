package dev.lockstep.cache.infinispan;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.util.AsciiString;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The transport TCP, which reads nothing but {@link KnownMessages}. A frame with anything else is
 * dropped whole, and its connection goes on; one that is too large ends its connection. Thread-safe
 * as TCP is.
 */
final class StrictTcp extends TCP {

    private final RefusalLog strangers = new RefusalLog();

    StrictTcp() {
        setId(ClassConfigurator.getProtocolId(TCP.class));
    }

    /** Takes the whole frame off the connection first, so that what is wrong in it stays in it. */
    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        byte[] frame = frame(in, length);
        super.receive(sender, KnownMessages.input(frame, 0, length), length);
    }

    private byte[] frame(DataInput in, int length) throws IOException {
        try {
            return KnownMessages.readBytes(in, length);
        } catch (RefusedMessageException e) {
            strangers.refused(e);
            throw e;
        }
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        try {
            super.receive(sender, KnownMessages.input(data, offset, length), length);
        } catch (Exception e) {
            strangers.refused(e);
        }
    }

    @Override
    protected void handleSingleMessage(DataInput in, boolean multicast) {
        try {
            Message message = KnownMessages.read(in);
            if (multicast || !unicastDestMismatch(message.getDest())) {
                msg_processing_policy.process(message, message.isFlagSet(Message.Flag.OOB));
                msg_stats.received(message);
            }
        } catch (IOException | RuntimeException e) {
            strangers.refused(e);
        }
    }

    @Override
    protected void handleMessageBatch(DataInput in, boolean multicast) {
        try {
            Address destination = Util.readAddress(in);
            Address source = Util.readAddress(in);
            AsciiString cluster = clusterName(in);
            List<Message> messages = KnownMessages.readAll(in);
            for (boolean oob : new boolean[] {true, false}) {
                pass(batch(destination, source, cluster, multicast, oob, messages), oob);
            }
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            strangers.refused(e);
        }
    }

    private void pass(MessageBatch batch, boolean oob) {
        if (!batch.isEmpty()) {
            msg_stats.received(batch);
            processBatch(batch, oob);
        }
    }

    private static MessageBatch batch(
            Address destination,
            Address source,
            @Nullable AsciiString cluster,
            boolean multicast,
            boolean oob,
            List<Message> messages) {
        MessageBatch.Mode mode = oob ? MessageBatch.Mode.OOB : MessageBatch.Mode.REG;
        MessageBatch batch = new MessageBatch(destination, source, cluster, multicast, mode, messages.size());
        for (Message message : messages) {
            if (message.isFlagSet(Message.Flag.OOB) == oob) {
                batch.add(addressed(message, destination, source));
            }
        }
        return batch;
    }

    /** In a batch, addresses that all messages share are written once. */
    private static Message addressed(Message message, Address destination, Address source) {
        Message addressed = message.getDest() == null ? message.setDest(destination) : message;
        return addressed.getSrc() == null ? addressed.setSrc(source) : addressed;
    }

    private static @Nullable AsciiString clusterName(DataInput in) throws IOException {
        short length = in.readShort();
        return length < 0 ? null : new AsciiString(KnownMessages.readBytes(in, length));
    }
}
