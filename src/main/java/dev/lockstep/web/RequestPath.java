package dev.lockstep.web;

import dev.lockstep.config.PathPattern;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The path of a request within its application, worked out as far as it is asked for. For one thread. */
final class RequestPath {

    private final HttpServletRequest request;
    private @Nullable String text;
    private @Nullable Boolean plain;
    private @Nullable Readings readings;

    RequestPath(HttpServletRequest request) {
        this.request = request;
    }

    /** servletPath + pathInfo: decoded, as the server understood it. */
    String text() {
        if (text == null) {
            text = join(request.getServletPath(), request.getPathInfo());
        }
        return text;
    }

    /** Whether the raw URI leaves no doubt, and decoding brought up none either. */
    boolean isPlain() {
        if (plain == null) {
            plain = PlainPath.is(request.getRequestURI()) && PlainPath.is(text());
        }
        return plain;
    }

    /** Whether this, or anything that it may be taken for, lies within a pattern. */
    boolean mayTouch(PathPattern pattern) {
        return pattern.mayMatch(text()) || (!isPlain() && readings().touch(pattern));
    }

    private Readings readings() {
        if (readings == null) {
            readings = new Readings(request.getRequestURI());
        }
        return readings;
    }

    private static String join(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }
}
