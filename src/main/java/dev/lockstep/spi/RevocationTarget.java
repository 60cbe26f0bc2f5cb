package dev.lockstep.spi;

import dev.lockstep.TokenDigest;

/** Which sessions a revocation ends. */
public sealed interface RevocationTarget {

    /**
     * The session of a token, including a token that a rotation replaced and that is still in the
     * log.
     */
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
