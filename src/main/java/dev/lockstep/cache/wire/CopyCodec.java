package dev.lockstep.cache.wire;

import dev.lockstep.Session;
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

    /** What the bundled stores keep of one session takes three bytes a character at most. */
    static final int MOST_BYTES = 1 << 20;

    private final ImmutableSerializationContext context = ProtobufSchema.bind(new CopyMarshaller());

    /** Whether a copy is small enough to be read again, whatever names its parts have. */
    public static boolean keeps(SessionCopy copy) {
        Session session = copy.session();
        return session.groups().size() <= CopyFields.MOST
                && session.attributes().size() <= CopyFields.MOST;
    }

    /** The bytes to keep; times in whole milliseconds. */
    public byte[] encode(SessionCopy copy) {
        return ProtobufSchema.write(context, copy);
    }

    /**
     * Reads what was kept under a digest's key. Never throws.
     *
     * @return the copy; null where the bytes are no copy, one of a format that this version does
     *     not know, another digest's, or larger than any: a miss, and the entry is to be dropped
     */
    public @Nullable SessionCopy decode(byte[] bytes, TokenDigest expected) {
        return decode(bytes, 0, expected);
    }

    /** As {@link #decode(byte[], TokenDigest)}, of the bytes from an offset on. */
    public @Nullable SessionCopy decode(byte[] bytes, int offset, TokenDigest expected) {
        if (bytes.length - offset > MOST_BYTES) {
            return null;
        }
        SessionCopy copy = ProtobufSchema.read(context, bytes, offset, SessionCopy.class);
        return copy != null && copy.digest().equals(expected) ? copy : null;
    }
}
