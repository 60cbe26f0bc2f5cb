package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.Lent;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Makes digests: SHA-256 of a salt and the {@value TokenFormat#BODY_LENGTH} characters of the token
 * behind its prefix. A token of one application is nothing to another that shares its database.
 *
 * <p>The salt has 12 bytes, so that it and these characters fit into one block of SHA-256, which
 * costs half of what two would, whatever the prefix is. It is made of what the digest covers
 * besides: the application's name and the prefix. Of a token without a prefix it is what it has
 * always been, the first bytes of the SHA-256 of the application's name. In front of a prefix, and
 * behind it, stands a byte that UTF-8 has nowhere; so no two pairs of a name and a prefix, and no
 * name alone, are written alike.
 *
 * <p>Thread-safe. Keeps nothing of a token.
 */
public final class TokenDigester {

    static final int SALT_LENGTH = 12;

    private static final byte NO_UTF_8 = (byte) 0xFF;

    private final byte[] application;
    private final byte[] beginning;
    private final byte[] bareSalt;
    private final byte[] prefixedSalt;
    private final Lent<WorkArea> areas = new Lent<>(WorkArea::new);

    /** @param prefix of most tokens; those of others cost twice as much */
    public TokenDigester(String application, String prefix) {
        this.application = application.getBytes(StandardCharsets.UTF_8);
        this.beginning = TokenFormat.beginning(prefix).getBytes(StandardCharsets.US_ASCII);
        MessageDigest sha256 = sha256();
        this.bareSalt = Arrays.copyOf(sha256.digest(this.application), SALT_LENGTH);
        this.prefixedSalt = saltOf(sha256, beginning, beginning.length);
    }

    /** The digest of a token that has the form of ours. */
    TokenDigest digest(SessionToken token) {
        return areas.use(token, WorkArea::digest);
    }

    /** @param start where the prefix and its separator are over; 0 where there are none */
    private byte[] salt(MessageDigest sha256, byte[] text, int start) {
        if (start == 0) {
            return bareSalt;
        }
        return Arrays.equals(text, 0, start, beginning, 0, beginning.length)
                ? prefixedSalt
                : saltOf(sha256, text, start);
    }

    private byte[] saltOf(MessageDigest sha256, byte[] text, int start) {
        sha256.update(NO_UTF_8);
        sha256.update(text, 0, start);
        sha256.update(NO_UTF_8);
        return Arrays.copyOf(sha256.digest(application), SALT_LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * A digest and its buffers; used by one thread at a time. Keeps nothing of a token: the buffers
     * are overwritten, and the digest's own is by its reset, which costs nothing, as the next use
     * would begin with it otherwise.
     */
    private final class WorkArea {

        private final MessageDigest sha256 = sha256();
        private final byte[] text = new byte[TokenFormat.MAX_LENGTH];
        private final byte[] input = new byte[SALT_LENGTH + TokenFormat.BODY_LENGTH];
        private final byte[] output = new byte[TokenDigest.LENGTH];

        TokenDigest digest(SessionToken token) {
            int start = token.length() - TokenFormat.BODY_LENGTH;
            token.copyTo(text, 0);
            try {
                System.arraycopy(salt(sha256, text, start), 0, input, 0, SALT_LENGTH);
                System.arraycopy(text, start, input, SALT_LENGTH, TokenFormat.BODY_LENGTH);
                sha256.update(input);
                sha256.digest(output, 0, output.length);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 has " + output.length + " bytes", e);
            } finally {
                Arrays.fill(text, (byte) 0);
                Arrays.fill(input, (byte) 0);
                sha256.reset();
            }
            return TokenDigest.of(output);
        }
    }
}
