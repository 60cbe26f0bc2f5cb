package dev.lockstep.web;

import dev.lockstep.SessionCookie;
import dev.lockstep.SessionToken;
import dev.lockstep.web.Credentials.Bearer;
import dev.lockstep.web.Credentials.Unusable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents in the {@code Authorization} header or in a cookie. Immutable.
 *
 * <p>A browser adds a cookie whoever makes it send a request, so one counts only where
 * {@link SameOrigin} is certain, and nothing is looked up otherwise. Two credentials in one request
 * are an error (RFC 6750, section 2), and so are two cookies of the name.
 *
 * <p>The header is read to the letter, as servers differ in what they make of it: some split at
 * commas, or trim more than a space, and would find a cookie that no browser keeps as one
 * ({@code __Host-} would mean nothing then).
 */
final class CookieCredentials {

    private final String name;

    CookieCredentials(SessionCookie cookie) {
        name = cookie.name();
    }

    Credentials of(HttpServletRequest request) {
        Credentials header = Credentials.of(request);
        Credentials cookie = cookie(request);
        if (cookie == Unusable.NONE) {
            return header;
        }
        if (header != Unusable.NONE) {
            return Unusable.INVALID_REQUEST;
        }
        return cookie instanceof Bearer && !SameOrigin.isCertain(request) ? Unusable.CROSS_SITE : cookie;
    }

    private Credentials cookie(HttpServletRequest request) {
        Credentials found = Unusable.NONE;
        @Nullable Enumeration<String> headers = request.getHeaders("Cookie");
        while (headers != null && headers.hasMoreElements()) {
            found = within(headers.nextElement(), found);
        }
        return found;
    }

    /** @param before what was found in other headers; HTTP/2 allows several (RFC 9113, 8.2.3) */
    private Credentials within(String header, Credentials before) {
        Credentials found = before;
        for (int start = 0; start < header.length(); ) {
            int end = header.indexOf(';', start);
            int pairEnd = end < 0 ? header.length() : end;
            Credentials pair = pair(header, start, pairEnd);
            if (pair != Unusable.NONE) {
                found = found == Unusable.NONE ? pair : Unusable.INVALID_REQUEST;
            }
            start = pairEnd + 1;
        }
        return found;
    }

    private Credentials pair(String header, int from, int end) {
        int start = from;
        while (start < end && header.charAt(start) == ' ') {
            start++;
        }
        int value = start + name.length() + 1;
        if (value > end || !header.startsWith(name, start) || header.charAt(value - 1) != '=') {
            return Unusable.NONE;
        }
        return value == end ? Unusable.INVALID_REQUEST : new Bearer(SessionToken.within(header, value, end));
    }
}
