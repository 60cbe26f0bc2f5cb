package dev.lockstep.web.path;

/**
 * Paths within an application, written as Servlet mappings are: {@code /*} for all, {@code /x/*}
 * for {@code /x} and what lies below it, {@code /x} for that path alone. Immutable.
 *
 * <p>Written decoded, as {@code servletPath + pathInfo} is; anything that a server might read in
 * two ways is refused.
 *
 * @param text as configured, such as {@code /api/*}
 */
public record PathPattern(String text) {

    public static final String ACCEPTED =
            "/* (everything), /x/* (/x and what lies below it) and /x (that path alone), written decoded";

    /**
     * @throws IllegalArgumentException if {@code text} is no such pattern; its message names what
     *     is accepted
     */
    public PathPattern {
        if (!text.equals("/*") && !isPlain(text)) {
            throw new IllegalArgumentException("\"" + text + "\" can't be used; accepted: " + ACCEPTED);
        }
    }

    /**
     * Reads one pattern; space around it is ignored.
     *
     * @throws IllegalArgumentException if it is none; the message names what is accepted
     */
    public static PathPattern parse(String text) {
        return new PathPattern(text.strip());
    }

    /**
     * Whether the Servlet mapping of this text would match; to the letter, so for what opens a
     * path.
     */
    public boolean matches(String path) {
        return isPrefix() ? begins(path, 0, stemLength(), false) : path.equals(text);
    }

    /**
     * Whether anyone might take {@code path} for one that matches: ignores case, and a slash at the
     * end of an exact path. For what closes a path, since a framework behind the filter may be as
     * lenient.
     */
    public boolean mayMatch(String path) {
        return mayMatch(path, 0);
    }

    /** {@link #mayMatch(String)} for what follows {@code from}. */
    public boolean mayMatch(String path, int from) {
        int end = from + stemLength();
        return begins(path, from, end, true) && (isPrefix() || path.length() <= end + 1);
    }

    /** Whether every path that matches this pattern matches {@code other} too. */
    public boolean isWithin(PathPattern other) {
        return other.isPrefix() ? other.matches(stem()) : equals(other);
    }

    /** What a path that matches begins with: of {@code /x/*} {@code /x}, of {@code /*} nothing. */
    public String stem() {
        return text.substring(0, stemLength());
    }

    /** Whether this is {@code /*} or {@code /x/*}. */
    public boolean isPrefix() {
        return text.endsWith("/*");
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean begins(String path, int from, int end, boolean ignoringCase) {
        return path.regionMatches(ignoringCase, from, text, 0, end - from)
                && (path.length() == end || path.charAt(end) == '/');
    }

    private int stemLength() {
        return text.length() - (isPrefix() ? 2 : text.endsWith("/") ? 1 : 0);
    }

    private static boolean isPlain(String text) {
        String stem = text.endsWith("/*") ? text.substring(0, text.length() - 2) : text;
        return stem.length() > 1
                && stem.charAt(0) == '/'
                && stem.chars().noneMatch(PathPattern::isDoubtful)
                && !text.contains("//")
                && !(stem + '/').contains("/./")
                && !(stem + '/').contains("/../");
    }

    private static boolean isDoubtful(int c) {
        return Character.isISOControl(c) || "*;\\%?#{}".indexOf(c) >= 0;
    }
}
