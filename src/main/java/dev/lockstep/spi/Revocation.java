package dev.lockstep.spi;

import dev.lockstep.TokenDigest;
import java.time.Instant;
import java.util.Objects;

/**
 * One row of the revocation log. From its position on, a digest no longer opens a session, or
 * copies that were read earlier are void.
 *
 * @param position its place in the log; unique in an epoch and growing in the order of commits
 * @param digest the digest that was revoked; a digest that no token has where the cause concerns
 *     none
 * @param sessionId the session that the digest opened; a name that no session has where the cause
 *     concerns none
 * @param principal the session's principal; empty where it is not known
 * @param cause what the row says
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

    /** Whether this row ends its digest. If not, the digest is one that no token has. */
    public boolean concernsDigest() {
        return cause == Cause.REVOKED || cause == Cause.ROTATED || cause == Cause.TOKEN_GONE;
    }

    /** What a row says. */
    public enum Cause {
        /** The session was ended, and its digest with it. */
        REVOKED,
        /** The session lives on under another digest; this one has ended. */
        ROTATED,
        /** A token was revoked that the store does not know: its digest has ended. */
        TOKEN_GONE,
        /** A session was revoked that the store does not know: older copies of it are void. */
        SESSION_GONE,
        /** A principal was logged out of whom the store knows no session: older copies are void. */
        PRINCIPAL_GONE,
        /** Every older copy is void. */
        COPIES_VOID
    }
}
