package dev.lockstep.revocation;

/** What a node's facts say of a cached copy. */
public enum Verdict {
    /** The session is live: the copy may be used. */
    LIVE,
    /** The copy's digest was revoked. */
    REVOKED,
    /** The facts cannot tell: ask the store. */
    UNKNOWN
}
