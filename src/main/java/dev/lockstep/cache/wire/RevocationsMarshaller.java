package dev.lockstep.cache.wire;

import static dev.lockstep.cache.wire.ProtobufSchema.BYTES;
import static dev.lockstep.cache.wire.ProtobufSchema.FIXED64;
import static dev.lockstep.cache.wire.ProtobufSchema.VARINT;

import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.protostream.ImmutableSerializationContext;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.TagWriter;

/** The message {@code Revocations}. Stateless. */
final class RevocationsMarshaller implements ProtobufTagMarshaller<Message> {

    @Override
    public Class<Message> getJavaClass() {
        return Message.class;
    }

    @Override
    public String getTypeName() {
        return "dev.lockstep.wire.Revocations";
    }

    @Override
    public void write(WriteContext context, Message message) throws IOException {
        TagWriter writer = context.getWriter();
        writer.writeUInt32(1, ProtobufSchema.FORMAT);
        writer.writeSFixed64(2, message.epoch());
        for (Revocation revocation : message.revocations()) {
            writer.writeBytes(3, ProtobufUtil.toByteArray(context.getSerializationContext(), revocation));
        }
    }

    @Override
    public Message read(ReadContext context) throws IOException {
        MessageFields fields = new MessageFields(context.getSerializationContext());
        ProtobufSchema.readFields(context.getReader(), fields);
        return fields.toMessage();
    }

    /** What was read of a message so far. Confined to one read. */
    private static final class MessageFields implements ProtobufSchema.Fields {

        private final ImmutableSerializationContext context;
        private final List<Revocation> revocations = new ArrayList<>();
        private int format;
        private long epoch;

        MessageFields(ImmutableSerializationContext context) {
            this.context = context;
        }

        @Override
        public boolean read(int tag, TagReader reader) throws IOException {
            switch (tag) {
                case 1 << 3 | VARINT -> format = reader.readUInt32();
                case 2 << 3 | FIXED64 -> epoch = reader.readSFixed64();
                case 3 << 3 | BYTES -> revocations.add(revocation(reader.readByteArray()));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private Revocation revocation(byte[] bytes) throws IOException {
            return ProtobufUtil.fromByteArray(context, bytes, Revocation.class);
        }

        Message toMessage() throws IOException {
            if (format != ProtobufSchema.FORMAT) {
                throw new IOException("Of another format");
            }
            return new Message(epoch, revocations);
        }
    }
}
