package dev.lockstep.cache.wire;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.infinispan.protostream.ImmutableSerializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what is sealed of copies that leave the JVM: the message {@code SessionCopy} of
 * {@code lockstep.proto}. No Java serialization, no reflection; nothing in the bytes names a class.
 *
 * <p>Thread-safe. Making one parses the schema, so keep it.
 */
public final class CopyCodec {

    /** What the bundled stores keep of one session takes three bytes a character at most. */
    public static final int MOST_BYTES = 1 << 20;

    private final ImmutableSerializationContext context = ProtobufSchema.bind(new CopyMarshaller());

    /** The bytes to keep, times in whole milliseconds; null for more than would be read again. */
    public byte @Nullable [] encode(SessionCopy copy) {
        Session session = copy.session();
        if (session.groups().size() > CopyFields.MOST || session.attributes().size() > CopyFields.MOST) {
            return null;
        }
        byte[] bytes = ProtobufSchema.write(context, copy);
        return bytes.length <= MOST_BYTES ? bytes : null;
    }

    /**
     * Reads what was kept under a digest's key. Never throws.
     *
     * @return the copy; null where the bytes are no copy, one of a format that this version does
     *     not know, another digest's, or larger than any: a miss
     */
    public @Nullable SessionCopy decode(byte[] bytes, TokenDigest expected) {
        if (bytes.length > MOST_BYTES) {
            return null;
        }
        SessionCopy copy = ProtobufSchema.read(context, bytes, SessionCopy.class);
        return copy != null && copy.digest().equals(expected) ? copy : null;
    }
}
