package dev.lockstep.web;

import dev.lockstep.SessionToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents in its {@code Authorization} header (RFC 6750, section 2.1). Forms and
 * query strings are not looked at: tokens in them end up in logs and histories.
 */
sealed interface Credentials {

    /** The scheme of RFC 6750, section 2.1. */
    String SCHEME = "Bearer";

    /** {@code Authorization: Bearer <token>}. */
    record Bearer(SessionToken token) implements Credentials {}

    /** Everything else. */
    enum Unusable implements Credentials {
        /** No header, an empty one, or another scheme. */
        NONE,
        /** Several, or one that is empty. */
        INVALID_REQUEST,
        /** A cookie, in a request that a page of another origin may have caused. */
        CROSS_SITE
    }

    static Credentials of(HttpServletRequest request) {
        @Nullable Enumeration<String> headers = request.getHeaders("Authorization");
        if (headers == null || !headers.hasMoreElements()) {
            return Unusable.NONE;
        }
        String header = headers.nextElement();
        return headers.hasMoreElements() ? Unusable.INVALID_REQUEST : parse(header);
    }

    /**
     * Reads a header's value: the scheme in any case, one or more spaces, a token. Space and tabs
     * around the whole are no part of a value (RFC 9110, section 5.5) and ignored; not every server
     * removes them. Elsewhere only spaces separate (section 11.4), so a tab after the scheme
     * belongs to the token. Whether a token is a b64token is not looked at: one that is not is
     * unknown, which has the same answer (RFC 6750, section 3.1).
     */
    static Credentials parse(String header) {
        int end = endWithoutSpace(header);
        int start = startWithoutSpace(header, end);
        if (!isScheme(header, start, end)) {
            return Unusable.NONE;
        }
        int token = startOfToken(header, start, end);
        if (token == end) {
            return Unusable.INVALID_REQUEST;
        }
        return new Bearer(SessionToken.within(header, token, end));
    }

    private static int endWithoutSpace(String header) {
        int end = header.length();
        while (end > 0 && isBlank(header.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static int startWithoutSpace(String header, int end) {
        int start = 0;
        while (start < end && isBlank(header.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Whether the word at {@code start} is the scheme; in any case, RFC 9110, section 11.1. */
    private static boolean isScheme(String header, int start, int end) {
        int after = start + SCHEME.length();
        return after <= end
                && header.regionMatches(true, start, SCHEME, 0, SCHEME.length())
                && (after == end || isBlank(header.charAt(after)));
    }

    /** Where the spaces after the scheme end. */
    private static int startOfToken(String header, int start, int end) {
        int at = start + SCHEME.length();
        while (at < end && header.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
