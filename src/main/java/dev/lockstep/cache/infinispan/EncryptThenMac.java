package dev.lockstep.cache.infinispan;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Encrypt;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.SYM_ENCRYPT;
import org.jspecify.annotations.Nullable;

/**
 * Encryption as JGroups' SYM_ENCRYPT does it, by AES-CBC, which alone would let strangers change
 * what they can't read, with a seal on each payload: HMAC-SHA-256 over its initialization vector
 * and its ciphertext, looked at before anything is decrypted. AES-GCM would do both, but
 * SYM_ENCRYPT hands it parameters that the JDK refuses, and random vectors of 96 bits wear a key
 * out.
 *
 * <p>What is not sealed: messages without a payload, and the headers of others.
 *
 * <p>Thread-safe once it is part of a stack. A payload whose seal is broken is dropped, with a
 * warning of JGroups'.
 */
final class EncryptThenMac extends Encrypt<KeyStore.SecretKeyEntry> {

    private static final String MAC = "HmacSHA256";
    private static final int SEAL = 32;
    private static final int VECTOR = 16;

    private final SecretKey sealKey;

    EncryptThenMac(SecretKey encryptionKey, SecretKey sealKey) {
        this.sealKey = sealKey;
        setId(ClassConfigurator.getProtocolId(SYM_ENCRYPT.class));
        secret_key = encryptionKey;
        symAlgorithm("AES/CBC/PKCS5Padding");
        symIvLength(VECTOR);
    }

    /** The key was given already. */
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as it is inherited
    public <T extends Encrypt<KeyStore.SecretKeyEntry>> T setKeyStoreEntry(KeyStore.SecretKeyEntry entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] code(byte[] bytes, int offset, int length, byte[] vector, boolean decode) throws Exception {
        return decode
                ? open(bytes, offset, length, vector)
                : seal(super.code(bytes, offset, length, vector, false), vector);
    }

    /**
     * Batches would be decrypted without {@link #code}. What is inside is read as strictly as what
     * came in the clear: that it is a whole message is said by the header, which has no seal.
     */
    @Override
    protected Message _decrypt(@Nullable Cipher cipher, Key key, Message message, EncryptHeader header)
            throws Exception {
        if (!message.hasPayload()) {
            return message;
        }
        byte[] clear = code(message.getArray(), message.getOffset(), message.getLength(), header.iv(), true);
        return header.needsDeserialization() ? KnownMessages.read(clear) : message.setArray(clear, 0, clear.length);
    }

    private byte[] seal(byte[] ciphertext, byte[] vector) throws GeneralSecurityException {
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + SEAL);
        System.arraycopy(mac(ciphertext, 0, ciphertext.length, vector), 0, sealed, ciphertext.length, SEAL);
        return sealed;
    }

    private byte[] open(byte[] sealed, int offset, int length, byte @Nullable [] vector) throws Exception {
        int end = offset + length - SEAL;
        if (vector == null || vector.length != VECTOR || end < offset) {
            throw new GeneralSecurityException("no seal on a message");
        }
        byte[] seal = Arrays.copyOfRange(sealed, end, end + SEAL);
        if (!MessageDigest.isEqual(mac(sealed, offset, end - offset, vector), seal)) {
            throw new GeneralSecurityException("the seal of a message is broken");
        }
        return super.code(sealed, offset, end - offset, vector, true);
    }

    private byte[] mac(byte[] ciphertext, int offset, int length, byte[] vector) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(sealKey);
        mac.update(vector);
        mac.update(ciphertext, offset, length);
        return mac.doFinal();
    }
}
