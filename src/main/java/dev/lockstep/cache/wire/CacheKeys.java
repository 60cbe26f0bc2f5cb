package dev.lockstep.cache.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import java.util.Arrays;

/**
 * The keys of one application's copies: a prefix that names the application, then the digest. As
 * the name of an application holds no colon, and the prefix ends in one, no prefix is the beginning
 * of another.
 *
 * <p>Immutable.
 */
public final class CacheKeys {

    /** What the keys of every application begin with. */
    public static final Setting<String> NAMESPACE =
            Setting.of("prefix", Values.text("a text"), "lockstep:", "what all keys begin with");

    private final String prefix;
    private final byte[] prefixBytes;

    private CacheKeys(String prefix) {
        this.prefix = prefix;
        this.prefixBytes = prefix.getBytes(UTF_8);
    }

    /**
     * The keys of an application, as {@link dev.lockstep.spi.CacheContext#application} names it.
     */
    public static CacheKeys of(String application) {
        return of(NAMESPACE.byDefault(), application);
    }

    /** The keys of an application in a namespace of the operator's choice, which may be empty. */
    public static CacheKeys of(String namespace, String application) {
        return new CacheKeys(namespace + application + ":");
    }

    /** What all keys of the application begin with, and no key of another application does. */
    public String prefix() {
        return prefix;
    }

    /** The prefix and the 64 hexadecimal digits of the digest. */
    public String text(TokenDigest digest) {
        return prefix.concat(digest.toHex());
    }

    /** The prefix in UTF-8 and the 32 bytes of the digest, in a new array. */
    public byte[] bytes(TokenDigest digest) {
        byte[] key = Arrays.copyOf(prefixBytes, prefixBytes.length + TokenDigest.LENGTH);
        System.arraycopy(digest.toBytes(), 0, key, prefixBytes.length, TokenDigest.LENGTH);
        return key;
    }

    /** Whether this is a key made by {@link #bytes}. */
    public boolean owns(byte[] key) {
        return key.length == prefixBytes.length + TokenDigest.LENGTH
                && Arrays.equals(key, 0, prefixBytes.length, prefixBytes, 0, prefixBytes.length);
    }
}
