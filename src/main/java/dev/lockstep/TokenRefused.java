package dev.lockstep;

/**
 * CDI event: the filter refuses a request; fired before the answer is sent. Holds nothing of what was presented.
 *
 * @param reason why
 * @param path the path asked for, within the application
 */
public record TokenRefused(Reason reason, String path) {

    /** Why a request was refused. */
    public enum Reason {
        /** No bearer credentials. */
        MISSING,
        /** Credentials that RFC 6750 calls an invalid request. */
        INVALID_REQUEST,
        /** A token that is malformed, unknown, expired or revoked. */
        INVALID_TOKEN,
        /** A live session without the group that the path requires. */
        INSUFFICIENT_SCOPE,
        /** The store could not be asked. */
        UNAVAILABLE
    }
}
