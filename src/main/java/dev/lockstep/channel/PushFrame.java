package dev.lockstep.channel;

import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.ChannelListener.MessageRefusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * What nodes send each other, and how it is known to be theirs:
 *
 * <pre>
 * 1 byte      what it is, in this format
 * 8 bytes     the version of the application's key
 * 16 bytes    the push
 * 8 bytes     the log's epoch
 * the body    what was revoked, or the row of the node that holds it now
 * 32 bytes    HMAC-SHA-256 over all of the above
 * </pre>
 *
 * <p>The key is of one application, one of its versions and this purpose. So what was made for
 * another application, as something else, for another push, epoch or key is not known for this.
 * Numbers are big-endian. Immutable, as long as nobody changes the body.
 */
final class PushFrame {

    /** Releases before authenticated messages had 1 and 2, and let these pass unread. */
    static final byte PUSH = 3;

    static final byte ACKNOWLEDGEMENT = 4;

    private static final int HEAD = 1 + Long.BYTES + PushId.LENGTH + Long.BYTES;
    private static final int TAG = 32;

    /** What a message has beside its body. */
    static final int AROUND = HEAD + TAG;

    private final byte kind;
    private final DerivedKey key;
    private final PushId push;
    private final long epoch;
    private final byte[] body;

    /** @param key what it is authenticated with */
    PushFrame(byte kind, DerivedKey key, PushId push, long epoch, byte[] body) {
        this.kind = kind;
        this.key = key;
        this.push = push;
        this.epoch = epoch;
        this.body = body;
    }

    byte kind() {
        return kind;
    }

    DerivedKey key() {
        return key;
    }

    PushId push() {
        return push;
    }

    long epoch() {
        return epoch;
    }

    byte[] body() {
        return body;
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + body.length + TAG);
        buffer.put(kind).putLong(key.version());
        push.write(buffer);
        buffer.putLong(epoch).put(body);
        return buffer.put(tag(key, buffer.array())).array();
    }

    /**
     * Reads what has come. Nothing of it is looked at, but what it is and the key's version, before
     * it is known to be of a node of ours.
     *
     * @throws RefusedException if it is not, or can't be told
     */
    static PushFrame read(byte[] bytes, ApplicationKey keys) throws RefusedException {
        if (bytes.length < HEAD + TAG || (bytes[0] != PUSH && bytes[0] != ACKNOWLEDGEMENT)) {
            throw new RefusedException(MessageRefusal.UNKNOWN_FORMAT, false);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, bytes.length - TAG);
        byte kind = buffer.get();
        Optional<DerivedKey> key = keys.ofVersion(KeyPurpose.CHANNEL, buffer.getLong());
        if (key.isEmpty()) {
            throw new RefusedException(MessageRefusal.UNKNOWN_KEY, false);
        }
        if (!MessageDigest.isEqual(
                tag(key.get(), bytes), Arrays.copyOfRange(bytes, bytes.length - TAG, bytes.length))) {
            throw new RefusedException(MessageRefusal.FORGED, true);
        }
        PushId push = PushId.read(buffer);
        long epoch = buffer.getLong();
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        return new PushFrame(kind, key.get(), push, epoch, body);
    }

    /** Of all but the last {@value #TAG} bytes. */
    private static byte[] tag(DerivedKey key, byte[] bytes) {
        Mac mac = key.mac();
        mac.update(bytes, 0, bytes.length - TAG);
        return mac.doFinal();
    }

    /** What has come was not taken. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        private final MessageRefusal reason;
        private final boolean afterCheck;

        /** @param afterCheck whether its code was looked at before, which takes time */
        RefusedException(MessageRefusal reason, boolean afterCheck) {
            super(reason.name(), null, false, false);
            this.reason = reason;
            this.afterCheck = afterCheck;
        }

        boolean isAfterCheck() {
            return afterCheck;
        }

        MessageRefusal reason() {
            return reason;
        }
    }
}
