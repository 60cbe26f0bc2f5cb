package dev.lockstep;

/**
 * CDI event: the filter refuses a request; fired before the answer is sent. Holds nothing of what
 * was presented.
 *
 * @param reason why
 * @param path the path asked for, decoded, within the application. It comes from anybody, so what
 *     could forge or hide a line of a log (control and format characters, separators of lines,
 *     halves of surrogate pairs, code points without a character) is written as
 *     <code>&#92;u000a</code>, and so is the backslash; and what {@link SessionToken#mayBeIn looks
 *     like a token} as …
 */
public record TokenRefused(Reason reason, String path) {

    /**
     * Escapes the path, and takes tokens out of it.
     *
     * @param path as decoded, unescaped
     */
    public TokenRefused {
        path = Escaped.text(SessionToken.redactedIn(path));
    }

    /** Why a request was refused. */
    public enum Reason {
        /** No bearer credentials. */
        MISSING,
        /** Credentials that RFC 6750 calls an invalid request. */
        INVALID_REQUEST,
        /** A token that has another form than ours, or is unknown, expired or revoked. */
        INVALID_TOKEN,
        /**
         * A token that has the form of ours, and was issued by no node: its tag is wrong. Somebody
         * tries tokens of their own making. The answer is that of {@link #INVALID_TOKEN}.
         */
        FORGED_TOKEN,
        /** A cookie, in a request that a page of another origin may have caused. */
        CROSS_SITE,
        /** A live session without the group that the path requires. */
        INSUFFICIENT_SCOPE,
        /** The store could not be asked. */
        UNAVAILABLE
    }
}
