package dev.lockstep.web;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that stays marked for an origin, whatever the application does to its headers. What
 * the application itself says of CORS is left out: browsers ignore a header that comes twice, and
 * of two answers the configured one counts.
 */
final class CorsResponse extends HttpServletResponseWrapper {

    private static final String PREFIX = "access-control-";

    private final Cors cors;
    private final @Nullable String origin;

    CorsResponse(HttpServletResponse response, Cors cors, @Nullable String origin) {
        super(response);
        this.cors = cors;
        this.origin = origin;
        mark();
    }

    /** Whether a response is one, or wraps one. */
    static boolean isIn(ServletResponse response) {
        return response instanceof CorsResponse
                || (response instanceof ServletResponseWrapper wrapper && wrapper.isWrapperFor(CorsResponse.class));
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isOurs(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!isOurs(name)) {
            super.setHeader(name, value);
            markAgainAfter(name);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isOurs(name)) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isOurs(name)) {
            super.setIntHeader(name, value);
            markAgainAfter(name);
        }
    }

    @Override
    public void addDateHeader(String name, long value) {
        if (!isOurs(name)) {
            super.addDateHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long value) {
        if (!isOurs(name)) {
            super.setDateHeader(name, value);
            markAgainAfter(name);
        }
    }

    @Override
    public void reset() {
        super.reset();
        mark();
    }

    private void markAgainAfter(String replaced) {
        if (replaced.equalsIgnoreCase("Vary")) {
            mark();
        }
    }

    private void mark() {
        cors.mark(origin, (HttpServletResponse) getResponse());
    }

    private static boolean isOurs(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }
}
