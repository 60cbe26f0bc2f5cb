package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code lockstep.web.cors} part: which scripts of other origins may call protected paths. The
 * names are those of the Fetch standard, "CORS protocol". Immutable.
 *
 * @param origins serialized as browsers send them, {@code https://shop.example}; {@code *} alone
 *     for all; empty if the filter has nothing to do with CORS
 * @param methods beside GET, HEAD and POST, which need no permission
 * @param headers that a script may set; {@code Authorization} need not be among them, it is always
 *     allowed
 * @param exposeHeaders that a script may read
 * @param maxAge how long a browser may remember the answer to a preflight; whole seconds count
 * @param credentials whether browsers may send cookies and the like along; not needed for bearer
 *     tokens
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

    static final Setting<List<String>> ORIGINS = Setting.of(
            "web.cors.origins",
            Values.list("origins: `https://shop.example`; `null`; or `*` alone"),
            "",
            "which scripts may call protected paths; without it the filter does nothing about CORS");

    static final Setting<List<String>> METHODS = Setting.of(
            "web.cors.methods",
            Values.list("names of methods in capitals"),
            "GET,HEAD,POST,PUT,PATCH,DELETE",
            "with which methods they may call");

    static final Setting<List<String>> HEADERS = Setting.of(
            "web.cors.headers",
            Values.list("names of headers"),
            "Content-Type",
            "which headers they may set; `Authorization` always");

    static final Setting<List<String>> EXPOSE_HEADERS = Setting.of(
            "web.cors.expose-headers",
            Values.list("names of headers"),
            "WWW-Authenticate,Retry-After",
            "which headers of an answer they may read");

    static final Setting<Duration> MAX_AGE = Setting.of(
            "web.cors.max-age", Values.duration("0", "1d"), "10m", "how long a browser may remember what it was told");

    static final Setting<Boolean> CREDENTIALS = Setting.of(
            "web.cors.credentials",
            Values.flag(),
            "false",
            "whether browsers may send cookies along; not together with `*`");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS =
            List.of(ORIGINS, METHODS, HEADERS, EXPOSE_HEADERS, MAX_AGE, CREDENTIALS);

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");
    private static final Pattern DEFAULT_PORT = Pattern.compile("https://.*:443|http://.*:80");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

    /**
     * @throws IllegalArgumentException if an element is not of its kind, if {@code *} is not the
     *     only origin, or if it comes with credentials, which browsers refuse
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
                List.of(),
                METHODS.byDefault(),
                HEADERS.byDefault(),
                EXPOSE_HEADERS.byDefault(),
                MAX_AGE.byDefault(),
                CREDENTIALS.byDefault());
    }

    /**
     * The configuration, or none where a problem was reported, which fails the deployment.
     *
     * @param isProtected whether there are paths that it could be for
     */
    static CorsConfig read(PrefixedSettings settings, CheckedSettings checked, boolean isProtected) {
        List<String> origins = checked.each(ORIGINS, CorsConfig::checkedOrigin);
        List<String> methods = checked.each(METHODS, CorsConfig::checkedMethod);
        List<String> headers = checked.each(HEADERS, CorsConfig::checkedHeader);
        List<String> exposed = checked.each(EXPOSE_HEADERS, CorsConfig::checkedHeader);
        Duration maxAge = settings.get(MAX_AGE);
        boolean credentials = settings.get(CREDENTIALS);
        checkThatItMatters(settings, isProtected);
        return checked.attempt(ORIGINS, () -> new CorsConfig(origins, methods, headers, exposed, maxAge, credentials))
                .orElseGet(CorsConfig::none);
    }

    /** A setting that nothing looks at is told of, since somebody relies on it. */
    private static void checkThatItMatters(PrefixedSettings settings, boolean isProtected) {
        Optional<String> origins = settings.written(ORIGINS);
        if (origins.isEmpty()) {
            SETTINGS.forEach(
                    setting -> settings.refuse(setting, "nothing unless lockstep.web.cors.origins is set as well"));
        } else if (!isProtected) {
            settings.refuse(
                    ORIGINS, "nothing unless lockstep.web.protect is set, since it is for protected paths alone");
        }
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
