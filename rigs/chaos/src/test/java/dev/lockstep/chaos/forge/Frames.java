package dev.lockstep.chaos.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * The bytes of pushes and acknowledgements, as anybody can make them: what they are, the number of
 * the key's version, the push, the epoch, the body, a tag. Stateless.
 */
public final class Frames {

    private static final byte PUSH = 3;
    private static final byte ACKNOWLEDGEMENT = 4;
    private static final int ID = 9;
    private static final int EPOCH = 25;
    private static final int HEAD = 33;
    private static final int DIGEST = 32;
    private static final int TAG = 32;

    /** A body of more is not repeated. */
    private static final int SHORT = 500;

    private Frames() {}

    static boolean isPush(byte[] frame) {
        return frame.length > HEAD + TAG + Long.BYTES + DIGEST && frame[0] == PUSH;
    }

    public static boolean isAcknowledgement(byte[] frame) {
        return frame.length > HEAD + TAG && frame[0] == ACKNOWLEDGEMENT;
    }

    /** Who an acknowledgement says has applied the push. */
    static String row(byte[] acknowledgement) {
        return new String(acknowledgement, HEAD, acknowledgement.length - HEAD - TAG, UTF_8);
    }

    /** An acknowledgement of this push in somebody's name, with a tag that was made up. */
    static byte[] acknowledged(byte[] push, String row, Random random) {
        byte[] body = row.getBytes(UTF_8);
        return ByteBuffer.allocate(HEAD + body.length + TAG)
                .put(ACKNOWLEDGEMENT)
                .put(push, 1, HEAD - 1)
                .put(body)
                .put(bytes(TAG, random))
                .array();
    }

    /** An acknowledgement of another push, with its tag, renamed to be one of this push. */
    static byte[] renamed(byte[] acknowledgement, byte[] push) {
        byte[] renamed = acknowledgement.clone();
        System.arraycopy(push, 1, renamed, 1, HEAD - 1);
        return renamed;
    }

    /**
     * A push of many revocations that nobody has made, at the last positions that there can be: who
     * applied it would not use any copy any more.
     */
    static byte[] invented(byte[] push, int revocations, Random random) {
        byte[] body = Arrays.copyOfRange(push, HEAD, push.length - TAG);
        int count = body.length > SHORT ? 1 : revocations;
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + count * body.length + TAG)
                .put(push, 0, ID)
                .put(bytes(EPOCH - ID, random))
                .put(push, EPOCH, HEAD - EPOCH);
        for (int i = 0; i < count; i++) {
            ByteBuffer.wrap(body).putLong(Long.MAX_VALUE - i).put(bytes(DIGEST, random));
            buffer.put(body);
        }
        return buffer.put(bytes(TAG, random)).array();
    }

    static byte[] changed(byte[] frame, Random random) {
        byte[] changed = frame.clone();
        changed[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return changed;
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
