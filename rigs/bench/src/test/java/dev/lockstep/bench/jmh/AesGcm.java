package dev.lockstep.bench.jmh;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.key.KeyPurpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The opening of our sealed copies with nothing around it: one thread's cipher, the key at hand,
 * one AES-GCM.
 */
final class AesGcm {

    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int SALT = 9;
    private static final int NUMBER = 25;
    private static final int HEAD = 33;
    private static final int NONCE = 12;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] nonce = new byte[NONCE];
    private final ByteBuffer additional;

    /** @param sample something that was sealed under the key that is used for all */
    AesGcm(String application, byte[] sample) throws GeneralSecurityException {
        byte[] bytes = ContractSeals.key(application, ContractSeals.VERSION)
                .all(KeyPurpose.COPY)
                .get(0)
                .expand(Arrays.copyOfRange(sample, SALT, NUMBER), KEY_BYTES);
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        key = new SecretKeySpec(bytes, "AES");
        additional = ByteBuffer.allocate(1 + TokenDigest.LENGTH + name.length)
                .put(0, sample[0])
                .put(1 + TokenDigest.LENGTH, name);
    }

    byte[] open(TokenDigest digest, byte[] sealed) throws GeneralSecurityException {
        System.arraycopy(sealed, NUMBER, nonce, NONCE - Long.BYTES, Long.BYTES);
        additional
                .putLong(1, digest.a())
                .putLong(9, digest.b())
                .putLong(17, digest.c())
                .putLong(25, digest.d());
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(additional.array());
        return cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
    }
}
