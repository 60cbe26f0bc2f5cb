package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The path of a request within its application, worked out when first asked for. For one thread. */
final class RequestPath {

    private final HttpServletRequest request;
    private @Nullable String text;
    private @Nullable PathShape shape;

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

    /** The doubt in the raw URI, or in {@link #text} where decoding brought up more. */
    PathShape shape() {
        if (shape == null) {
            shape = examine();
        }
        return shape;
    }

    private PathShape examine() {
        PathShape raw = PathShape.of(request.getRequestURI());
        return PathShape.of(text()) == PathShape.PLAIN ? raw : PathShape.AMBIGUOUS;
    }

    private static String join(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }
}
