package dev.lockstep.cache.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Text in PEM (RFC 7468): blocks in Base64, each with a label, and anything between them.
 * Immutable.
 *
 * @param blocks in their order
 */
record PemText(List<Block> blocks) {

    private static final Pattern BLOCK = Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /**
     * @param label says what it is
     * @param body in Base64
     */
    record Block(String label, String body) {

        /** In DER. */
        byte[] content() {
            return Base64.getMimeDecoder().decode(body);
        }
    }

    /** Empty where the text is not PEM. */
    static Optional<PemText> in(String text) {
        List<Block> blocks = BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
        return blocks.isEmpty() ? Optional.empty() : Optional.of(new PemText(blocks));
    }

    List<Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label.endsWith("CERTIFICATE")) {
                certificates.add(x509.generateCertificate(new ByteArrayInputStream(block.content())));
            }
        }
        return certificates;
    }

    /** The key in PKCS #8 (RFC 5958), which may be encrypted. */
    PrivateKey privateKey(Optional<String> password) throws IOException, GeneralSecurityException {
        for (Block block : blocks) {
            if (block.label.equals("PRIVATE KEY")) {
                return key(new PKCS8EncodedKeySpec(block.content()));
            }
            if (block.label.equals("ENCRYPTED PRIVATE KEY")) {
                return key(decrypted(block.content(), password));
            }
        }
        throw new InvalidKeySpecException(
                "no PRIVATE KEY in it; openssl pkcs8 -topk8 makes one of a key in another form");
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] content, Optional<String> password)
            throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
        String algorithm = algorithm(encrypted);
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(password.orElse("").toCharArray())),
                encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher);
    }

    /** By the name that ciphers know: of PBES2 the parameters tell, not the algorithm. */
    private static String algorithm(EncryptedPrivateKeyInfo encrypted) {
        String name = encrypted.getAlgName();
        return name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13")
                ? encrypted.getAlgParameters().toString()
                : name;
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new InvalidKeySpecException("a key that is none of " + String.join(", ", ALGORITHMS));
    }

    /** Empty where it is a key of another kind. */
    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
