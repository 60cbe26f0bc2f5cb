package dev.lockstep.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with HMAC-SHA-256 (RFC 5869), by the JDK's {@link Mac}: before version 25 the JDK has no
 * key derivation functions. Thread-safe.
 */
final class Hkdf {

    /** Bytes of an HMAC-SHA-256. */
    static final int HASH_LENGTH = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int MOST_BLOCKS = 255;

    private Hkdf() {}

    /**
     * The first step (section 2.2): a pseudorandom key of {@value #HASH_LENGTH} bytes.
     *
     * @param salt empty for none
     * @param secret the input keying material
     */
    static byte[] extract(byte[] salt, byte[] secret) {
        return mac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(secret);
    }

    /**
     * The second step (section 2.3).
     *
     * @param key a pseudorandom key, of {@value #HASH_LENGTH} bytes or more
     * @param info what the output is for; different ones give independent outputs
     * @param length of the output, in bytes; 1 to 8,160
     */
    static byte[] expand(byte[] key, byte[] info, int length) {
        if (length < 1 || length > MOST_BLOCKS * HASH_LENGTH) {
            throw new IllegalArgumentException("length: 1 to " + MOST_BLOCKS * HASH_LENGTH);
        }
        Mac mac = mac(key);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int written = 0; written < length; written += HASH_LENGTH) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) (written / HASH_LENGTH + 1));
            Arrays.fill(block, (byte) 0);
            block = mac.doFinal();
            System.arraycopy(block, 0, output, written, Math.min(HASH_LENGTH, length - written));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /** HMAC-SHA-256 under a key. */
    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }
}
