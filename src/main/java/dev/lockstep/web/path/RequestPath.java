package dev.lockstep.web.path;

import org.jspecify.annotations.Nullable;

/**
 * The path of a request within its application, worked out as far as it is asked for. For one
 * thread.
 */
public final class RequestPath {

    private final String raw;
    private final String servletPath;
    private final @Nullable String pathInfo;
    private @Nullable String text;
    private @Nullable Boolean plain;
    private @Nullable PathInterpretations readings;

    /**
     * @param raw the path of the request's URI, as it came
     * @param servletPath decoded, as the server understood it
     * @param pathInfo likewise; null for none
     */
    public RequestPath(String raw, String servletPath, @Nullable String pathInfo) {
        this.raw = raw;
        this.servletPath = servletPath;
        this.pathInfo = pathInfo;
    }

    /** servletPath + pathInfo: decoded, as the server understood it. */
    public String text() {
        if (text == null) {
            text = pathInfo == null ? servletPath : servletPath + pathInfo;
        }
        return text;
    }

    /**
     * Whether the server has the request served by what is mapped to {@code prefix + "/*"}, and
     * there is something after the prefix.
     */
    public boolean isBelow(String prefix) {
        return pathInfo != null && servletPath.equals(prefix);
    }

    /** Whether the raw URI leaves no doubt, and decoding brought up none either. */
    public boolean isPlain() {
        if (plain == null) {
            plain = PlainPath.isPlain(raw) && PlainPath.isPlain(text());
        }
        return plain;
    }

    /** Whether this, or anything that it may be taken for, lies within a pattern. */
    public boolean mayTouch(PathPattern pattern) {
        return pattern.mayMatch(text()) || (!isPlain() && readings().touch(pattern));
    }

    private PathInterpretations readings() {
        if (readings == null) {
            readings = new PathInterpretations(raw);
        }
        return readings;
    }
}
