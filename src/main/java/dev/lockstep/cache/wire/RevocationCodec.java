package dev.lockstep.cache.wire;

import dev.lockstep.spi.RevocationChannel.Message;
import org.infinispan.protostream.ImmutableSerializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what a channel carries: the message {@code Revocations} of
 * {@code lockstep.proto}.
 *
 * <p>Thread-safe. Making one parses the schema, so keep it.
 */
public final class RevocationCodec {

    private final ImmutableSerializationContext context =
            ProtobufSchema.bind(new RevocationsMarshaller(), new RevocationMarshaller());

    public byte[] encode(Message message) {
        return ProtobufSchema.write(context, message);
    }

    /**
     * Reads a message. Never throws: null where the bytes are none, or one of a format that this
     * version does not know.
     */
    public @Nullable Message decode(byte[] bytes) {
        return ProtobufSchema.read(context, bytes, Message.class);
    }
}
