package dev.lockstep.spi;

import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A cache in this JVM that can also be asked by a fingerprint of the token, which costs a fraction
 * of a digest. It learns the fingerprint of a copy from {@link #identify}, which is called after
 * the digest has proved the token; until then the copy is found by its digest alone.
 *
 * <p>A fingerprint is 128 bits that stand for a token in this process and nowhere else: never
 * stored, sent or logged. Equal fingerprints are taken for equal tokens. They come as two numbers,
 * so that a hit makes no object.
 *
 * <p>What replaces a copy keeps its fingerprint, and what drops the copy drops the fingerprint with
 * it: once {@link #invalidate} or {@link #clear} has returned, neither finds it.
 */
public interface FingerprintedCache extends TimedCache {

    /**
     * Like {@link #getTimed(TokenDigest)}, by the fingerprint of the token.
     *
     * @return null also where the cache does not know whose fingerprint it is
     */
    @Nullable
    TimedCopy getTimed(long fingerprintA, long fingerprintB);

    /**
     * Notes which fingerprint belongs to a digest; without effect if there is no copy of it, or if
     * it has a fingerprint already.
     */
    void identify(TokenDigest digest, long fingerprintA, long fingerprintB);
}
