package dev.lockstep.cache.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import org.junit.jupiter.api.Test;

class CacheKeysTest {

    private static final TokenDigest DIGEST = new TokenDigest(0x0123456789abcdefL, 0, -1, 1);

    @Test
    void aKeyIsThePrefixAndTheDigest() {
        CacheKeys keys = CacheKeys.of("/shop");
        assertThat(keys.text(DIGEST))
                .isEqualTo("lockstep:/shop:0123456789abcdef0000000000000000ffffffffffffffff0000000000000001");
        assertThat(keys.bytes(DIGEST))
                .startsWith("lockstep:/shop:".getBytes(UTF_8))
                .endsWith(DIGEST.toBytes());
    }

    @Test
    void anotherApplicationsKeyIsNotOwned() {
        CacheKeys keys = CacheKeys.of("/shop");
        assertThat(keys.owns(keys.bytes(DIGEST))).isTrue();
        assertThat(keys.owns(CacheKeys.of("/sho").bytes(DIGEST))).isFalse();
        assertThat(keys.owns(CacheKeys.of("/shop2").bytes(DIGEST))).isFalse();
        assertThat(keys.owns(CacheKeys.of("/shoq").bytes(DIGEST))).isFalse();
        assertThat(keys.owns(new byte[0])).isFalse();
    }

    @Test
    void aNamespaceOfOnesOwnReplacesOurs() {
        assertThat(CacheKeys.of("", "shop").prefix()).isEqualTo("shop:");
    }
}
