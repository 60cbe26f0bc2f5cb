package dev.lockstep;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of the revocation log: from its position on, a digest opens nothing.
 *
 * @param position its place in the log; unique in an epoch and growing in the order of commits
 * @param digest the digest that was revoked
 * @param sessionId the session that the digest opened
 * @param principal the session's principal
 * @param cause why
 * @param revokedAt when, by the store's clock
 */
public record Revocation(
        long position, TokenDigest digest, String sessionId, String principal, Cause cause, Instant revokedAt) {

    public Revocation {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(revokedAt, "revokedAt");
    }

    /** Why a digest was revoked. */
    public enum Cause {
        /** The session was ended. */
        REVOKED,
        /** The session lives on under another token. */
        ROTATED
    }
}
