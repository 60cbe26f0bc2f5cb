package dev.lockstep;

/** Which sessions a revocation ends. */
public sealed interface RevocationTarget {

    /** The session of a token, also of one that was rotated away and is still in the log. */
    record OfToken(TokenDigest digest) implements RevocationTarget {}

    /** The session with this identifier. */
    record OfId(String sessionId) implements RevocationTarget {}

    /** All sessions of a principal. */
    record OfPrincipal(String principal) implements RevocationTarget {}

    /** All sessions of a principal but one. */
    record OthersOf(String principal, String keptSessionId) implements RevocationTarget {}

    /** Every session of the application. */
    record OfApplication() implements RevocationTarget {}
}
