package dev.lockstep.spi;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes of copies that leave this JVM, and copies of such bytes. Nobody without the
 * application's key can read what is in them, change it, make others, or have those of one token
 * taken for another's; an older copy of the same token is told from the present one by whoever
 * uses it. Thread-safe; uses {@link #LIBRARY}.
 */
public interface CopySeal {

    /** The library that it needs; a provider whose cache uses a seal has it among its drivers. */
    Driver LIBRARY = new Driver(
            "org.infinispan.protostream.ProtobufUtil", "org.infinispan.protostream:protostream:5.0.13.Final");

    /**
     * No longer is what is sealed, and what is longer is no copy. So a cache need not fetch it, and
     * whoever can write there fills no heap with it.
     */
    int MOST_BYTES = (1 << 20) + (1 << 10);

    /** Without a key: seals nothing, and opens nothing. */
    CopySeal NONE = new CopySeal() {
        @Override
        public byte @Nullable [] seal(SessionCopy copy) {
            return null;
        }

        @Override
        public @Nullable SessionCopy open(TokenDigest digest, byte[] bytes, int offset) {
            return null;
        }
    };

    /** Why bytes are no copy. */
    enum Flaw {
        /** They were not sealed: by a release before there were seals, or by somebody else. */
        UNSEALED,
        /** They were sealed under a version of the key that this node does not know. */
        UNKNOWN_KEY,
        /** They were changed, or are another token's, another application's, or nobody's. */
        BROKEN,
        /** They were sealed by a node of this application whose format this one does not know. */
        UNREADABLE
    }

    /**
     * The bytes to keep for a copy; times in whole milliseconds. Different ones at each call.
     *
     * @return null where nothing is to be kept: the key is not known yet, or the copy is too large
     */
    byte @Nullable [] seal(SessionCopy copy);

    /**
     * The copy of which {@link #seal} made what was kept under a digest. Never throws. Where it is
     * null, the bytes can stay: what is loaded instead takes their place, and another node may know
     * a key that this one does not know yet.
     *
     * @param digest under which they were kept
     * @param offset where they begin; they go on to the end of the array
     * @return null where the bytes are no copy of this digest: a miss
     */
    @Nullable
    SessionCopy open(TokenDigest digest, byte[] bytes, int offset);

    /** As {@link #open(TokenDigest, byte[], int)}, of a whole array. */
    default @Nullable SessionCopy open(TokenDigest digest, byte[] bytes) {
        return open(digest, bytes, 0);
    }
}
