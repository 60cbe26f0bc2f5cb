package dev.lockstep.cache.seal;

import java.nio.ByteBuffer;

/**
 * The layout of a sealed copy: one byte, {@value #FORMAT}, for the format; eight for the number of
 * the key's version; sixteen for the salt of the process that sealed it; eight for the number of
 * the message among those of that process; then what AES-GCM makes of the copy in its wire format,
 * and its tag of sixteen bytes. Numbers are big-endian.
 *
 * <p>Nodes without seals take it for no copy: {@value #FORMAT} would be the tag of a field with the
 * number 0, which Protocol Buffers do not have.
 */
final class SealedBytes {

    /** That of copies without a seal is 1. */
    static final byte FORMAT = 2;

    static final int TAG = 16;

    private static final int VERSION = 1;
    private static final int SALT = VERSION + Long.BYTES;
    private static final int NUMBER = SALT + 2 * Long.BYTES;

    /** Where the ciphertext begins. */
    static final int HEAD = NUMBER + Long.BYTES;

    /** By how much bytes are longer than the copy that was sealed. */
    static final int OVERHEAD = HEAD + TAG;

    private SealedBytes() {}

    /** Room for a sealed copy, and the beginning of it. */
    static byte[] begin(Origin origin, long number, int length) {
        return ByteBuffer.allocate(OVERHEAD + length)
                .put(FORMAT)
                .putLong(origin.version())
                .putLong(origin.saltHigh())
                .putLong(origin.saltLow())
                .putLong(number)
                .array();
    }

    /** Whether bytes look like a sealed copy of a length up to this. */
    static boolean is(byte[] bytes, int offset, int mostLength) {
        int length = bytes.length - offset;
        return length >= OVERHEAD && length <= OVERHEAD + mostLength && bytes[offset] == FORMAT;
    }

    static Origin origin(byte[] bytes, int offset) {
        ByteBuffer head = ByteBuffer.wrap(bytes);
        int salt = offset + SALT;
        return new Origin(head.getLong(offset + VERSION), head.getLong(salt), head.getLong(salt + Long.BYTES));
    }

    static long number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset + NUMBER);
    }

    /**
     * What a subkey is derived from.
     *
     * @param version the number of the key's version
     * @param saltHigh the first half of the salt that a process drew when it started
     * @param saltLow the other half
     */
    record Origin(long version, long saltHigh, long saltLow) {

        byte[] salt() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(saltHigh)
                    .putLong(saltLow)
                    .array();
        }
    }
}
