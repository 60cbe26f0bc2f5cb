package dev.lockstep.spi;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of an {@linkplain KeyRing application's key}. Its secret is never shown: not by
 * {@link #toString}, nor by anything else that people read. Immutable until it is
 * {@linkplain #destroy destroyed}.
 */
public final class KeyVersion {

    /** How many bytes a secret has at least. */
    public static final int SHORTEST_SECRET = 32;

    private final long number;
    private final byte[] secret;
    private final Instant createdAt;
    private final boolean leaked;

    /** One that has not leaked; see the other constructor. */
    public KeyVersion(long number, byte[] secret, Instant createdAt) {
        this(number, secret, createdAt, false);
    }

    /**
     * @param number names this secret and never another; positive
     * @param secret from a source of random bits that nobody can guess; {@value #SHORTEST_SECRET}
     *     bytes or more, of which a copy is kept
     * @param createdAt when it was made, by the clock of whoever keeps it; {@link Instant#EPOCH}
     *     for one that was there before any session of the application, so that a token that bears
     *     none of the key's tags is known to be forged at once
     * @param leaked whether somebody else may know the secret
     */
    public KeyVersion(long number, byte[] secret, Instant createdAt, boolean leaked) {
        if (number <= 0 || secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "A version has a positive number, and a secret of " + SHORTEST_SECRET + " bytes or more");
        }
        this.number = number;
        this.secret = secret.clone();
        this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        this.leaked = leaked;
    }

    /** Names the version; it says nothing about the secret, and nothing of an order. */
    public long number() {
        return number;
    }

    /** A copy of the secret, which the caller overwrites as soon as it has been used. */
    public byte[] secret() {
        return secret.clone();
    }

    public Instant createdAt() {
        return createdAt;
    }

    /**
     * Whether somebody else may know the secret. Then it proves nothing, and nothing is sealed or
     * authenticated by it: it only tells which tokens are worth looking up.
     */
    public boolean isLeaked() {
        return leaked;
    }

    /** Overwrites the secret, once everything has been derived from it. */
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
    }

    /** Compares secrets in a time that does not depend on what they are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyVersion that
                && number == that.number
                && createdAt.equals(that.createdAt)
                && leaked == that.leaked
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeyVersion[number=" + number + ", createdAt=" + createdAt + ", leaked=" + leaked + "]";
    }
}
