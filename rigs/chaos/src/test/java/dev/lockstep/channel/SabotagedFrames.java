package dev.lockstep.channel;

import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A broken rule of the channel. Used only where a rule is broken on purpose. */
public final class SabotagedFrames {

    private static final int TAG = 32;

    private SabotagedFrames() {}

    /** An acknowledgement as it is written, whoever has made it; null for anything else. */
    public static @Nullable Object unchecked(byte[] bytes, Object keys) {
        if (bytes.length < TAG || bytes[0] != PushFrame.ACKNOWLEDGEMENT) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, bytes.length - TAG);
        byte kind = buffer.get();
        return ((ApplicationKey) keys)
                .ofVersion(KeyPurpose.CHANNEL, buffer.getLong())
                .map(key -> {
                    PushId push = PushId.read(buffer);
                    long epoch = buffer.getLong();
                    byte[] body = new byte[buffer.remaining()];
                    buffer.get(body);
                    return new PushFrame(kind, key, push, epoch, body);
                })
                .orElse(null);
    }
}
