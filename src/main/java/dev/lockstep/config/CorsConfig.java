package dev.lockstep.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code lockstep.web.cors} part: which scripts of other origins may call protected paths. The names are those of
 * the Fetch standard, "CORS protocol". Immutable.
 *
 * @param origins serialized as browsers send them, {@code https://shop.example}; {@code *} alone for all; empty if the
 *     filter has nothing to do with CORS
 * @param methods beside GET, HEAD and POST, which need no permission
 * @param headers that a script may set; {@code Authorization} need not be among them, it is always allowed
 * @param exposeHeaders that a script may read
 * @param maxAge how long a browser may remember the answer to a preflight; whole seconds count
 * @param credentials whether browsers may send cookies and the like along; not needed for bearer tokens
 */
public record CorsConfig(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposeHeaders,
        Duration maxAge,
        boolean credentials) {

    /** Stands for all origins. */
    public static final String ANY = "*";

    static final List<String> DEFAULT_METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    static final List<String> DEFAULT_HEADERS = List.of("Content-Type");
    static final List<String> DEFAULT_EXPOSE_HEADERS = List.of("WWW-Authenticate", "Retry-After");
    static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(10);
    static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");
    private static final Pattern DEFAULT_PORT = Pattern.compile("https://.*:443|http://.*:80");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

    /**
     * @throws IllegalArgumentException if an element is not of its kind, if {@code *} is not the only origin, or if it
     *     comes with credentials, which browsers refuse
     */
    public CorsConfig {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposeHeaders = List.copyOf(exposeHeaders);
        origins.forEach(CorsConfig::checkedOrigin);
        methods.forEach(CorsConfig::checkedMethod);
        headers.forEach(CorsConfig::checkedHeader);
        exposeHeaders.forEach(CorsConfig::checkedHeader);
        checkAny(origins, credentials);
    }

    /** The filter has nothing to do with CORS. */
    public static CorsConfig none() {
        return new CorsConfig(
                List.of(), DEFAULT_METHODS, DEFAULT_HEADERS, DEFAULT_EXPOSE_HEADERS, DEFAULT_MAX_AGE, false);
    }

    static String checkedOrigin(String text) {
        String origin = text.strip();
        boolean serialized = ORIGIN.matcher(origin).matches()
                && !DEFAULT_PORT.matcher(origin).matches();
        if (!serialized && !origin.equals("null") && !origin.equals(ANY)) {
            throw new UnusableValue(
                    origin,
                    "* alone (all origins), or origins as browsers send them: scheme, host and, unless it is the"
                            + " scheme's own, the port (https://shop.example, http://localhost:5173), in small letters,"
                            + " without a slash at the end; null for documents that have none");
        }
        return origin;
    }

    static String checkedMethod(String text) {
        String method = text.strip();
        if (!TOKEN.matcher(method).matches()
                || method.chars().anyMatch(Character::isLowerCase)
                || method.equals(ANY)
                || FORBIDDEN_METHODS.contains(method)) {
            throw new UnusableValue(method, "names of methods in capitals; not *, CONNECT, TRACE or TRACK");
        }
        return method;
    }

    static String checkedHeader(String text) {
        String header = text.strip();
        if (!TOKEN.matcher(header).matches() || header.equals(ANY)) {
            throw new UnusableValue(header, "names of headers; not *, since that would leave Authorization out");
        }
        return header;
    }

    static void checkAny(List<String> origins, boolean credentials) {
        if (origins.contains(ANY) && origins.size() > 1) {
            throw new UnusableValue(String.join(",", origins), "* alone, or a list without it");
        }
        if (origins.contains(ANY) && credentials) {
            throw new UnusableValue(
                    ANY,
                    "a list of origins, since lockstep.web.cors.credentials is true and browsers take the two"
                            + " together for an error; bearer tokens don't need it");
        }
    }
}
