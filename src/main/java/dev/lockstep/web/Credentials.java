package dev.lockstep.web;

import dev.lockstep.SessionToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents in its {@code Authorization} header (RFC 6750, section 2.1). Forms and query strings are not
 * looked at: tokens in them end up in logs and histories.
 */
sealed interface Credentials {

    /** {@code Authorization: Bearer <token>}. */
    record Bearer(SessionToken token) implements Credentials {}

    /** Everything else. */
    enum Unusable implements Credentials {
        /** No header, an empty one, or another scheme. */
        NONE,
        /** Several headers, or {@code Bearer} with nothing after it. */
        INVALID_REQUEST
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
     * Reads a header's value: the scheme in any case, one or more spaces, a token. Space and tabs around the whole are no
     * part of a value (RFC 9110, section 5.5) and ignored; not every server removes them. Elsewhere only spaces separate
     * (section 11.4), so a tab after the scheme belongs to the token. Whether a token is a b64token is not looked at:
     * one that is not is unknown, which has the same answer (RFC 6750, section 3.1).
     */
    static Credentials parse(String header) {
        int end = endWithoutSpace(header);
        int start = startWithoutSpace(header, end);
        if (!BearerSyntax.isScheme(header, start, end)) {
            return Unusable.NONE;
        }
        int token = BearerSyntax.startOfToken(header, start, end);
        if (token == end) {
            return Unusable.INVALID_REQUEST;
        }
        return new Bearer(SessionToken.within(header, token, end));
    }

    private static int endWithoutSpace(String header) {
        int end = header.length();
        while (end > 0 && BearerSyntax.isBlank(header.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static int startWithoutSpace(String header, int end) {
        int start = 0;
        while (start < end && BearerSyntax.isBlank(header.charAt(start))) {
            start++;
        }
        return start;
    }
}
