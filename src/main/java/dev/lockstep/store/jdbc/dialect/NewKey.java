package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

/**
 * A version of the key that is to be made. Used by one thread.
 *
 * <p>Its number is drawn at random, too. Numbers that are counted would be given out again when a
 * database was restored, or has failed over to a server that had not received the newest: then two
 * secrets would have one number, and nodes that had seen the first would not notice the second.
 */
public final class NewKey {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final long number;
    private final byte[] secret;
    private final long replaced;
    private final Duration keep;
    private final Former former;

    private NewKey(long number, byte[] secret, long replaced, Duration keep, Former former) {
        this.number = number;
        this.secret = secret;
        this.replaced = replaced;
        this.keep = keep;
        this.former = former;
    }

    /**
     * One of random bytes.
     *
     * @param replaced the number of the version that is in force; 0 for none
     * @param keep which former versions are deleted: those that were replaced longer ago
     * @param former what becomes of the others
     */
    static NewKey random(long replaced, Duration keep, Former former) {
        byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
        RANDOM.nextBytes(secret);
        return new NewKey(1 + (RANDOM.nextLong() >>> 2), secret, replaced, keep, former);
    }

    /** Positive. */
    public long number() {
        return number;
    }

    /** Not a copy: {@link #destroy} overwrites it. */
    public byte[] secret() {
        return secret;
    }

    public long replaced() {
        return replaced;
    }

    public long keepMillis() {
        return keep.toMillis();
    }

    /** Whether somebody else may know the secrets of all former versions. */
    public boolean isAfterLeak() {
        return former == Former.LEAKED;
    }

    void destroy() {
        Arrays.fill(secret, (byte) 0);
    }
}
