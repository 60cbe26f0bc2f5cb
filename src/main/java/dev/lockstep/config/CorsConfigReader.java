package dev.lockstep.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the {@code lockstep.web.cors} part. Confined to one thread. */
final class CorsConfigReader {

    private static final String ORIGINS = "web.cors.origins";
    private static final String METHODS = "web.cors.methods";
    private static final String HEADERS = "web.cors.headers";
    private static final String EXPOSE_HEADERS = "web.cors.expose-headers";
    private static final String MAX_AGE = "web.cors.max-age";
    private static final String CREDENTIALS = "web.cors.credentials";

    private final PrefixedSettings settings;
    private final CheckedSettings checked;

    CorsConfigReader(PrefixedSettings settings, CheckedSettings checked) {
        this.settings = settings;
        this.checked = checked;
    }

    /**
     * The configuration, or none where a problem was reported, which fails the deployment.
     *
     * @param isProtected whether there are paths that it could be for
     */
    CorsConfig read(boolean isProtected) {
        List<String> origins = checked.each(ORIGINS, CorsConfig::checkedOrigin);
        List<String> methods = list(METHODS, CorsConfig::checkedMethod, CorsConfig.DEFAULT_METHODS);
        List<String> headers = list(HEADERS, CorsConfig::checkedHeader, CorsConfig.DEFAULT_HEADERS);
        List<String> exposed = list(EXPOSE_HEADERS, CorsConfig::checkedHeader, CorsConfig.DEFAULT_EXPOSE_HEADERS);
        Duration maxAge =
                settings.duration(MAX_AGE, CorsConfig.DEFAULT_MAX_AGE, Duration.ZERO, CorsConfig.LONGEST_MAX_AGE);
        boolean credentials = settings.flag(CREDENTIALS, false);
        checkThatItMatters(isProtected);
        return checked.attempt(ORIGINS, () -> new CorsConfig(origins, methods, headers, exposed, maxAge, credentials))
                .orElseGet(CorsConfig::none);
    }

    private List<String> list(String key, Function<String, String> check, List<String> byDefault) {
        return settings.list(key).isEmpty() ? byDefault : checked.each(key, check);
    }

    /** A setting that nothing looks at is told of, since somebody relies on it. */
    private void checkThatItMatters(boolean isProtected) {
        boolean hasOrigins = !settings.list(ORIGINS).isEmpty();
        if (hasOrigins && !isProtected) {
            settings.problem(
                    ORIGINS,
                    String.join(",", settings.list(ORIGINS)),
                    "nothing unless lockstep.web.protect is set, since it is for protected paths alone");
        } else if (!hasOrigins) {
            Stream.of(METHODS, HEADERS, EXPOSE_HEADERS, MAX_AGE, CREDENTIALS).forEach(this::refuseWithoutOrigins);
        }
    }

    private void refuseWithoutOrigins(String key) {
        settings.text(key)
                .ifPresent(found ->
                        settings.problem(key, found, "nothing unless lockstep.web.cors.origins is set as well"));
    }
}
