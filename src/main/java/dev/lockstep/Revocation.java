package dev.lockstep;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of the revocation log: from its position on, a digest opens nothing, or copies read before are worth nothing.
 *
 * @param position its place in the log; unique in an epoch and growing in the order of commits
 * @param digest the digest that was revoked; one that nobody has where the cause concerns no digest
 * @param sessionId the session that the digest opened; a name that no session has where the cause concerns none
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

    /** Whether it says of its digest that this opens nothing; else the digest is one that nobody has. */
    public boolean concernsDigest() {
        return cause == Cause.REVOKED || cause == Cause.ROTATED || cause == Cause.TOKEN_GONE;
    }

    /** What a row says. */
    public enum Cause {
        /** The session was ended; its digest opens nothing. */
        REVOKED,
        /** The session lives on under another digest; this one opens nothing. */
        ROTATED,
        /** A token was to be ended that the store does not know: its digest opens nothing. */
        TOKEN_GONE,
        /** A session was to be ended that the store does not know: older copies of it are worth nothing. */
        SESSION_GONE,
        /** A principal of whom the store knows no session was to be logged out: older copies are worth nothing. */
        PRINCIPAL_GONE,
        /** Every older copy is worth nothing. */
        COPIES_VOID
    }
}
