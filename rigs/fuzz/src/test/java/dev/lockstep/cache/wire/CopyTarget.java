package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;

/** An entry of a shared cache, to which anybody may have written: a copy or a miss. */
public final class CopyTarget {

    private static final CopyCodec CODEC = new CopyCodec();
    private static final TokenDigest DIGEST = new TokenDigest(0x0102030405060708L, -1, Long.MIN_VALUE, Long.MAX_VALUE);

    private CopyTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        SessionCopy copy = CODEC.decode(bytes, DIGEST);
        if (copy != null) {
            assertThat(copy.digest()).isEqualTo(DIGEST);
            assertThat(CODEC.decode(CODEC.encode(copy), DIGEST)).isEqualTo(copy);
        }
    }
}
