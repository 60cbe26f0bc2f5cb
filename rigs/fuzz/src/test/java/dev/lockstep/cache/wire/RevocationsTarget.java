package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.RevocationChannel.Message;

/** What a channel brings: revocations or nothing. */
public final class RevocationsTarget {

    private static final RevocationCodec CODEC = new RevocationCodec();

    private RevocationsTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        Message message = CODEC.decode(bytes);
        if (message != null) {
            assertThat(CODEC.decode(CODEC.encode(message))).isEqualTo(message);
        }
    }
}
