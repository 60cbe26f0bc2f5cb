package dev.lockstep.session;

import dev.lockstep.SessionToken;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes fingerprints: SipHash of the token's bytes under a random key of this object, which knows
 * it alone. A hit of the near cache needs no more; whatever else asks for a session asks by its
 * {@linkplain TokenDigester digest}.
 *
 * <p><b>Which SipHash.</b> SipHash is a pseudorandom function for short inputs (Aumasson and
 * Bernstein, SipHash: a fast short-input PRF, INDOCRYPT 2012); this is its variant with 128 bits of
 * output, with one round for each word and three at each end. Two and four rounds are for tags that
 * an attacker sees. Nobody sees these: the key is drawn when the object is made, is derived from
 * nothing and used for nothing else, and of what is made with it only shows whether a copy was
 * found, which needs the token of that copy or an equal fingerprint. One and three rounds are what
 * hash tables use against whoever can choose their keys and watch the time, as in Rust, Python and
 * Ruby; that is what can be tried here.
 *
 * <p><b>Equality.</b> Equal fingerprints are taken for equal tokens. Who does not know the key hits
 * one of n copies with n · 2<sup>-128</sup> per request, whatever is sent.
 *
 * <p><b>Who reads this process's memory</b> has the key and the fingerprints, and can test guesses
 * of a token with them, as with the digests. A token has 160 random bits, which nobody guesses; and
 * each fingerprint is that of 2<sup>32</sup> of them, even with the right tags.
 *
 * <p>Thread-safe. Keeps nothing of a token, and makes no copy of it.
 */
final class TokenFingerprinter {

    private final long key0;
    private final long key1;

    /** With a key that nobody has had before. */
    TokenFingerprinter() {
        this(new SecureRandom());
    }

    private TokenFingerprinter(SecureRandom random) {
        this(random.nextLong(), random.nextLong());
    }

    TokenFingerprinter(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * Hands over the fingerprint of a token of eight characters or more, its prefix among them. It
     * would be an object for each hit otherwise: this method is too large for the JVM to compile it
     * into its callers.
     */
    <R> @Nullable R of(SessionToken token, Use<R> use) {
        int length = token.length();
        int words = length & -Long.BYTES;
        State state = new State(key0, key1);
        for (int i = 0; i < words; i += Long.BYTES) {
            state.absorb(token.bytesAt(i));
        }
        state.absorb(rest(token, length - words) | ((long) length << 56));
        long a = state.first();
        return use.of(a, state.second());
    }

    /** What follows the last whole word. */
    private static long rest(SessionToken token, int bytes) {
        return bytes == 0 ? 0 : token.bytesAt(token.length() - Long.BYTES) >>> ((Long.BYTES - bytes) * Byte.SIZE);
    }

    /** What is done with the two halves of a fingerprint. */
    @FunctionalInterface
    interface Use<R> {

        @Nullable
        R of(long a, long b);
    }

    /** Four words in the making; the compiler keeps them in registers. */
    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        /** The constants are the paper's; {@code 0xee} tells the variants apart. */
        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        long first() {
            v2 ^= 0xee;
            return finish();
        }

        long second() {
            v1 ^= 0xdd;
            return finish();
        }

        private long finish() {
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
