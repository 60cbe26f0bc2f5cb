package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.TryLocks;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes digests: SHA-256 of a salt, the same for all tokens of an application, and the token. A
 * token of one application is nothing to another that shares its database.
 *
 * <p>The salt has 12 bytes (the first of the SHA-256 of the application's name), so that it and a
 * token of 43 characters fit into one block of SHA-256, which costs half of what two would.
 *
 * <p>Thread-safe. There are a few work areas; a thread that finds its own in use by another makes
 * one for this once. So their number is bounded however many threads there are, virtual ones too,
 * and none outlives the application. A work area belongs to whoever has taken its flag, also to
 * make it.
 */
public final class TokenDigester {

    static final int SALT_LENGTH = 12;

    /** Characters of a token of ours: 32 bytes in base64url, without padding. */
    static final int TOKEN_LENGTH = 43;

    /** More than the threads that a machine runs at once; a power of two, for the mask. */
    private static final int SLOTS = 64;

    private final byte[] salt;
    private final TryLocks inUse = new TryLocks(SLOTS);
    private final @Nullable WorkArea[] areas = new @Nullable WorkArea[SLOTS];

    public TokenDigester(String application) {
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        salt = Arrays.copyOf(sha256().digest(name), SALT_LENGTH);
    }

    /** The digest of a token of {@value #TOKEN_LENGTH} characters. */
    TokenDigest digest(SessionToken token) {
        int slot = (int) (Thread.currentThread().getId() & (SLOTS - 1));
        if (!inUse.tryLock(slot)) {
            return new WorkArea(salt).digest(token);
        }
        TokenDigest digest = own(slot).digest(token);
        inUse.unlock(slot);
        return digest;
    }

    private WorkArea own(int slot) {
        WorkArea area = areas[slot];
        if (area == null) {
            area = new WorkArea(salt);
            areas[slot] = area;
        }
        return area;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * A digest and its buffer; used by one thread at a time. Keeps nothing of a token: the buffer
     * is overwritten, and the digest's own is by its reset, which costs nothing, as the next use
     * would begin with it otherwise.
     */
    private static final class WorkArea {

        private final MessageDigest sha256 = sha256();
        private final byte[] input = new byte[SALT_LENGTH + TOKEN_LENGTH];
        private final byte[] output = new byte[TokenDigest.LENGTH];

        WorkArea(byte[] salt) {
            System.arraycopy(salt, 0, input, 0, SALT_LENGTH);
        }

        TokenDigest digest(SessionToken token) {
            token.copyTo(input, SALT_LENGTH);
            try {
                sha256.update(input);
                sha256.digest(output, 0, output.length);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 has " + output.length + " bytes", e);
            } finally {
                Arrays.fill(input, SALT_LENGTH, input.length, (byte) 0);
                sha256.reset();
            }
            return TokenDigest.of(output);
        }
    }
}
