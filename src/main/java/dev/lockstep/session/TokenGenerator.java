package dev.lockstep.session;

import dev.lockstep.SessionToken;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes tokens and session identifiers. Thread-safe.
 *
 * <p>A token is 256 random bits in base64url without padding (RFC 4648, section 5): 43 characters.
 * OWASP ASVS asks for 128 bits.
 */
final class TokenGenerator {

    /** 256 bits; NIST SP 800-63B-4, section 5.1, asks for 64. */
    private static final int TOKEN_BYTES = 32;

    /** 128 bits, so that no two sessions get the same. */
    private static final int ID_BYTES = 16;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();

    SessionToken newToken() {
        return SessionToken.of(random(TOKEN_BYTES));
    }

    /** 128 random bits; not a secret, but no two are alike and none can be guessed. */
    String newSessionId() {
        return random(ID_BYTES);
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }
}
