package dev.lockstep.cache.seal;

import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.Lent;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM whose additional data are the format, the token's digest and the application. The nonce
 * of 96 bits is the message's number.
 *
 * <p>Thread-safe.
 */
final class LentCiphers {

    private final Lent<WorkArea> areas;

    /** @param application its name, in UTF-8; not changed from now on */
    LentCiphers(byte[] application) {
        areas = new Lent<>(() -> new WorkArea(application));
    }

    /** Seals {@code clear} behind the head of {@code sealed}, to its end. */
    void seal(Key key, long number, TokenDigest digest, byte[] clear, byte[] sealed) {
        boolean done = areas.use(sealed, (area, into) -> area.seal(key, number, digest, clear, into));
        if (!done) {
            throw new IllegalStateException("Every Java platform has " + WorkArea.ALGORITHM);
        }
    }

    /**
     * What was sealed.
     *
     * @param offset where the whole begins; it goes on to the end of the array
     * @return null if that was not under this key, for this digest, application and number
     */
    byte @Nullable [] open(Key key, long number, TokenDigest digest, byte[] sealed, int offset) {
        byte[] clear = new byte[sealed.length - offset - SealedBytes.OVERHEAD];
        return areas.use(clear, (area, into) -> area.open(key, number, digest, sealed, offset, into)) ? clear : null;
    }

    /** A cipher and its buffers; used by one thread at a time. */
    private static final class WorkArea {

        private static final String ALGORITHM = "AES/GCM/NoPadding";
        private static final int NONCE = 12;

        private final Cipher cipher;
        private final ByteBuffer nonce = ByteBuffer.allocate(NONCE);
        private final ByteBuffer additional;

        WorkArea(byte[] application) {
            try {
                cipher = Cipher.getInstance(ALGORITHM);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
            }
            additional = ByteBuffer.allocate(1 + TokenDigest.LENGTH + application.length)
                    .put(0, SealedBytes.FORMAT)
                    .put(1 + TokenDigest.LENGTH, application);
        }

        boolean seal(Key key, long number, TokenDigest digest, byte[] clear, byte[] sealed) {
            try {
                begin(Cipher.ENCRYPT_MODE, key, number, digest);
                cipher.doFinal(clear, 0, clear.length, sealed, SealedBytes.HEAD);
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        /** False for what was not sealed so. */
        boolean open(Key key, long number, TokenDigest digest, byte[] sealed, int offset, byte[] clear) {
            try {
                begin(Cipher.DECRYPT_MODE, key, number, digest);
                int from = offset + SealedBytes.HEAD;
                cipher.doFinal(sealed, from, sealed.length - from, clear, 0);
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private void begin(int mode, Key key, long number, TokenDigest digest) throws GeneralSecurityException {
            nonce.putLong(NONCE - Long.BYTES, number);
            additional.putLong(1, digest.a()).putLong(9, digest.b());
            additional.putLong(17, digest.c()).putLong(25, digest.d());
            cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * SealedBytes.TAG, nonce.array()));
            cipher.updateAAD(additional.array());
        }
    }
}
