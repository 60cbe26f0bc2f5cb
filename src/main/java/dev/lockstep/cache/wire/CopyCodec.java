package dev.lockstep.cache.wire;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.infinispan.protostream.ImmutableSerializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of cache entries: the message {@code SessionCopy} of
 * {@code lockstep.proto}. No Java serialization, no reflection; nothing in the bytes names a class.
 *
 * <p>Thread-safe. Making one parses the schema, so keep it.
 */
public final class CopyCodec {

    private final ImmutableSerializationContext context = ProtobufSchema.bind(new CopyMarshaller());

    /** The bytes to keep; times in whole milliseconds. */
    public byte[] encode(SessionCopy copy) {
        return ProtobufSchema.write(context, copy);
    }

    /**
     * Reads what was kept under a digest's key. Never throws.
     *
     * @return the copy; null where the bytes are no copy, one of a format that this version does
     *     not know, or another digest's: a miss, and the entry is to be dropped
     */
    public @Nullable SessionCopy decode(byte[] bytes, TokenDigest expected) {
        return decode(bytes, 0, expected);
    }

    /** As {@link #decode(byte[], TokenDigest)}, of the bytes from an offset on. */
    public @Nullable SessionCopy decode(byte[] bytes, int offset, TokenDigest expected) {
        SessionCopy copy = ProtobufSchema.read(context, bytes, offset, SessionCopy.class);
        return copy != null && copy.digest().equals(expected) ? copy : null;
    }
}
