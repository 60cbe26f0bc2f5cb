package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;
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
 *     tokens, and never together with our own cookie
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

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");
    private static final Pattern DEFAULT_PORT = Pattern.compile("https://.*:443|http://.*:80");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

    private static final Values<List<String>> NAMES_OF_HEADERS = Values.list(
                    "names of headers; not *, since that would leave Authorization out", CorsConfig::header)
            .inTables("names of headers");

    static final Setting<List<String>> ORIGINS = Setting.of(
            "web.cors.origins",
            Values.list(
                            "* alone (all origins), or origins as browsers send them: scheme, host and, unless it is"
                                    + " the scheme's own, the port (https://shop.example, http://localhost:5173), in"
                                    + " small letters, without a slash at the end; null for documents that have none",
                            CorsConfig::origin)
                    .inTables("origins: `https://shop.example`; `null`; or `*` alone"),
            "",
            "which scripts may call protected paths; without it the filter does nothing about CORS");

    static final Setting<List<String>> METHODS = Setting.of(
            "web.cors.methods",
            Values.list("names of methods in capitals; not *, CONNECT, TRACE or TRACK", CorsConfig::method)
                    .inTables("names of methods in capitals"),
            "GET,HEAD,POST,PUT,PATCH,DELETE",
            "with which methods they may call");

    static final Setting<List<String>> HEADERS = Setting.of(
            "web.cors.headers", NAMES_OF_HEADERS, "Content-Type", "which headers they may set; `Authorization` always");

    static final Setting<List<String>> EXPOSE_HEADERS = Setting.of(
            "web.cors.expose-headers",
            NAMES_OF_HEADERS,
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

    /**
     * What can be used of the configuration; a problem that was reported fails the deployment.
     *
     * @param isProtected whether there are paths that it could be for
     * @param hasCookie whether a cookie opens them
     */
    static CorsConfig read(Settings settings, boolean isProtected, boolean hasCookie) {
        CorsConfig config = new CorsConfig(
                settings.get(ORIGINS),
                settings.get(METHODS),
                settings.get(HEADERS),
                settings.get(EXPOSE_HEADERS),
                settings.get(MAX_AGE),
                settings.get(CREDENTIALS));
        checkThatItMatters(settings, isProtected);
        config.checkAny(settings);
        config.checkCookie(settings, hasCookie);
        return config;
    }

    /** A setting that nothing reads is reported, since somebody relies on it. */
    private static void checkThatItMatters(Settings settings, boolean isProtected) {
        if (settings.written(ORIGINS).isEmpty()) {
            SETTINGS.forEach(
                    setting -> settings.refuse(setting, "nothing unless lockstep.web.cors.origins is set as well"));
        } else if (!isProtected) {
            settings.refuse(
                    ORIGINS, "nothing unless lockstep.web.protect is set, since it is for protected paths alone");
        }
    }

    private void checkAny(Settings settings) {
        if (origins.contains(ANY) && origins.size() > 1) {
            settings.problem(ORIGINS, String.join(",", origins), "* alone, or a list without it");
        } else if (origins.contains(ANY) && credentials) {
            settings.problem(
                    ORIGINS,
                    ANY,
                    "a list of origins, since lockstep.web.cors.credentials is true and browsers take the two"
                            + " together for an error; bearer tokens don't need it");
        }
    }

    /** Else every listed origin could read and do all that the user can. */
    private void checkCookie(Settings settings, boolean hasCookie) {
        if (credentials && hasCookie) {
            settings.problem(
                    CREDENTIALS,
                    "true",
                    "false, since lockstep.web.cookie is set: scripts of other origins present their token in the"
                            + " Authorization header");
        }
    }

    private static String origin(String text) {
        boolean serialized =
                ORIGIN.matcher(text).matches() && !DEFAULT_PORT.matcher(text).matches();
        return require(serialized || text.equals("null") || text.equals(ANY), text);
    }

    private static String method(String text) {
        return require(
                TOKEN.matcher(text).matches()
                        && text.chars().noneMatch(Character::isLowerCase)
                        && !text.equals(ANY)
                        && !FORBIDDEN_METHODS.contains(text),
                text);
    }

    private static String header(String text) {
        return require(TOKEN.matcher(text).matches() && !text.equals(ANY), text);
    }

    private static String require(boolean isOne, String text) {
        if (!isOne) {
            throw new IllegalArgumentException("none of these");
        }
        return text;
    }
}
