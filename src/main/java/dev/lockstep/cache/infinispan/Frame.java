package dev.lockstep.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What nodes send each other: one byte that tells what it is, eight that name the push among those of the node that sent
 * it, and the rest: the message, or the identifier of the row of the node that applied it. No object is serialized.
 *
 * <p>Immutable, as long as nobody changes the rest.
 */
final class Frame {

    static final byte PUSH = 1;
    static final byte ACKNOWLEDGEMENT = 2;

    private static final int HEAD = 1 + Long.BYTES;

    private final byte kind;
    private final long push;
    private final byte[] rest;

    private Frame(byte kind, long push, byte[] rest) {
        this.kind = kind;
        this.push = push;
        this.rest = rest;
    }

    static Frame push(long push, byte[] message) {
        return new Frame(PUSH, push, message);
    }

    static Frame acknowledgement(long push, String nodeId) {
        return new Frame(ACKNOWLEDGEMENT, push, nodeId.getBytes(UTF_8));
    }

    /** Reads what was sent; it is of an unknown kind where it is too short. */
    static Frame read(byte[] array, int offset, int length) {
        if (length < HEAD) {
            return new Frame((byte) 0, 0, new byte[0]);
        }
        ByteBuffer buffer = ByteBuffer.wrap(array, offset, length);
        byte kind = buffer.get();
        long push = buffer.getLong();
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new Frame(kind, push, rest);
    }

    byte kind() {
        return kind;
    }

    long push() {
        return push;
    }

    byte[] rest() {
        return rest;
    }

    String text() {
        return new String(rest, UTF_8);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEAD + rest.length)
                .put(kind)
                .putLong(push)
                .put(rest)
                .array();
    }
}
