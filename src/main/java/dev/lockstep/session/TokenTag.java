package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.concurrent.Lent;
import dev.lockstep.key.DerivedKey;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Tags under one version of the key: the first {@value TokenFormat#TAG_BYTES} bytes of HMAC-SHA-256
 * (RFC 2104, truncated as its section 5 allows) over all that stands in front of the tag: the
 * prefix with its separator, and the random bytes. As these have a fixed length, no two pairs of a
 * prefix and random bytes are written alike.
 *
 * <p>Thread-safe. Keeps nothing of a token, and compares in a time that does not depend on what it
 * compares.
 */
final class TokenTag {

    private final Lent<WorkArea> areas;

    TokenTag(DerivedKey key) {
        areas = new Lent<>(() -> new WorkArea(key.mac()));
    }

    /** Whether a token that has the form of ours bears its tag. */
    boolean isOn(SessionToken token) {
        return areas.use(token, WorkArea::isOn);
    }

    /**
     * Makes a tag.
     *
     * @param token the prefix with its separator, and the bytes of a token, the last of which the
     *     tag is put into
     */
    static void put(DerivedKey key, byte[] token) {
        new WorkArea(key.mac()).put(token);
    }

    /** An HMAC and its buffers; used by one thread at a time. */
    private static final class WorkArea {

        private static final int HMAC_BYTES = 32;

        private final Mac mac;
        private final byte[] text = new byte[TokenFormat.MAX_LENGTH];
        private final byte[] bytes = new byte[TokenFormat.LONGEST_PREFIX + 1 + TokenFormat.BYTES];
        private final byte[] made = new byte[HMAC_BYTES];

        WorkArea(Mac mac) {
            this.mac = mac;
        }

        boolean isOn(SessionToken token) {
            int start = token.length() - TokenFormat.BODY_LENGTH;
            token.copyTo(text, 0);
            try {
                System.arraycopy(text, 0, bytes, 0, start);
                if (!TokenFormat.decode(text, start, bytes, start)) {
                    return false;
                }
                int tag = start + TokenFormat.RANDOM_BYTES;
                make(bytes, tag);
                return isMadeAt(tag);
            } finally {
                Arrays.fill(text, (byte) 0);
                Arrays.fill(bytes, (byte) 0);
            }
        }

        void put(byte[] token) {
            int tag = token.length - TokenFormat.TAG_BYTES;
            make(token, tag);
            System.arraycopy(made, 0, token, tag, TokenFormat.TAG_BYTES);
        }

        private void make(byte[] of, int length) {
            try {
                mac.update(of, 0, length);
                mac.doFinal(made, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("HMAC-SHA-256 has " + made.length + " bytes", e);
            }
        }

        private boolean isMadeAt(int tag) {
            int difference = 0;
            for (int i = 0; i < TokenFormat.TAG_BYTES; i++) {
                difference |= made[i] ^ bytes[tag + i];
            }
            return difference == 0;
        }
    }
}
