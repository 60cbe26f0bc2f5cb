package dev.lockstep.bench.jmh;

import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Node;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * Our digest of a header's token with nothing around it: one thread's buffers, copying, SHA-256.
 */
final class Sha256 {

    private static final int SALT = 12;
    /** Of a token behind its prefix. */
    private static final int TOKEN = 43;

    private static final byte NO_UTF_8 = (byte) 0xFF;

    private final MessageDigest sha256;
    private final byte[] input = new byte[SALT + TOKEN];
    private final byte[] output = new byte[TokenDigest.LENGTH];

    Sha256(String application) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        sha256.update(NO_UTF_8);
        sha256.update(Node.TOKEN_PREFIX.getBytes(StandardCharsets.UTF_8));
        sha256.update(NO_UTF_8);
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(sha256.digest(name), 0, input, 0, SALT);
    }

    @SuppressWarnings("deprecation") // copies without allocating
    TokenDigest digest(String header) {
        header.getBytes(header.length() - TOKEN, header.length(), input, SALT);
        sha256.update(input);
        try {
            sha256.digest(output, 0, output.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return TokenDigest.of(output);
    }
}
