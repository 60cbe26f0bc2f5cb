package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes {@linkplain TokenFormat tokens} and session identifiers. Thread-safe.
 *
 * <p>Where the application has no key, random bytes stand in the tag's place.
 */
final class TokenGenerator {

    /** 128 bits, so that no two sessions get the same. */
    private static final int ID_BYTES = 16;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final byte[] beginning;
    private final ApplicationKey key;

    /** @param prefix of tokens; empty for none */
    TokenGenerator(String prefix, ApplicationKey key) {
        this.beginning = TokenFormat.beginning(prefix).getBytes(StandardCharsets.US_ASCII);
        this.key = key;
    }

    /**
     * A new token. Where the key is in the store and could not be read until now, it is read first:
     * a token without a tag would be taken for a forged one later.
     *
     * @throws dev.lockstep.LockstepException if the key can't be read
     */
    SessionToken newToken() {
        byte[] bytes = Arrays.copyOf(beginning, beginning.length + TokenFormat.BYTES);
        byte[] secret = random(TokenFormat.BYTES);
        System.arraycopy(secret, 0, bytes, beginning.length, secret.length);
        if (!key.isAbsent()) {
            TokenTag.put(key.require(KeyPurpose.TOKEN), bytes);
        }
        return SessionToken.of(text(bytes));
    }

    private String text(byte[] bytes) {
        byte[] body = Arrays.copyOfRange(bytes, beginning.length, bytes.length);
        return new String(beginning, StandardCharsets.US_ASCII) + BASE64URL.encodeToString(body);
    }

    /** 128 random bits; not a secret, but no two are alike and none can be guessed. */
    String newSessionId() {
        return BASE64URL.encodeToString(random(ID_BYTES));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
