package dev.lockstep.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What nodes send each other: one byte that tells what it is, the {@link PushId}, and the rest: the
 * message, or the identifier of the row of the node that applied it. No object is serialized.
 *
 * <p>Immutable, as long as nobody changes the rest.
 */
final class ChannelMessage {

    static final byte PUSH = 1;
    static final byte ACKNOWLEDGEMENT = 2;

    private static final byte UNKNOWN = 0;
    private static final PushId NO_PUSH = new PushId(0, 0);
    private static final int HEAD = 1 + PushId.LENGTH;

    private final byte kind;
    private final PushId push;
    private final byte[] rest;

    private ChannelMessage(byte kind, PushId push, byte[] rest) {
        this.kind = kind;
        this.push = push;
        this.rest = rest;
    }

    static ChannelMessage push(PushId push, byte[] message) {
        return new ChannelMessage(PUSH, push, message);
    }

    static ChannelMessage acknowledgement(PushId push, String nodeId) {
        return new ChannelMessage(ACKNOWLEDGEMENT, push, nodeId.getBytes(UTF_8));
    }

    /** Reads what was sent; it is of an unknown kind where it is too short. */
    static ChannelMessage read(byte[] array, int offset, int length) {
        if (length < HEAD) {
            return new ChannelMessage(UNKNOWN, NO_PUSH, new byte[0]);
        }
        ByteBuffer buffer = ByteBuffer.wrap(array, offset, length);
        byte kind = buffer.get();
        PushId push = PushId.read(buffer);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new ChannelMessage(kind, push, rest);
    }

    byte kind() {
        return kind;
    }

    PushId push() {
        return push;
    }

    byte[] rest() {
        return rest;
    }

    String text() {
        return new String(rest, UTF_8);
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + rest.length).put(kind);
        push.write(buffer);
        return buffer.put(rest).array();
    }
}
