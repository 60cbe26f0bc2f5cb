package dev.lockstep.channel;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Names a push: 128 random bits, so that no other push has the same, neither of another node or
 * deployment nor of an earlier one, and what acknowledged one acknowledges no other. Immutable.
 */
record PushId(long high, long low) {

    /** Bytes that one takes. */
    static final int LENGTH = 2 * Long.BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    static PushId random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return read(ByteBuffer.wrap(bytes));
    }

    /** Takes {@value #LENGTH} bytes. */
    static PushId read(ByteBuffer from) {
        return new PushId(from.getLong(), from.getLong());
    }

    void write(ByteBuffer to) {
        to.putLong(high).putLong(low);
    }
}
