package dev.lockstep.web;

import dev.lockstep.config.CorsConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's part of the CORS protocol (Fetch standard, "HTTP extensions"), for protected paths:
 * answers preflights, and marks answers that scripts of allowed origins may read. Does nothing
 * where no origin is configured. Immutable.
 *
 * <p>What it allows is fixed by the configuration: nothing that a request asks for is copied into
 * the answer, but an origin that is listed to the letter. The browser compares what it wants with
 * what is allowed. Requests of other origins are not refused: a browser lets no script read the
 * answer, and other clients don't need a browser's permission.
 */
final class Cors {

    private static final String ATTRIBUTE = Cors.class.getName();
    private static final String PREFLIGHT_VARIES =
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    private final Set<String> origins;
    private final boolean anyOrigin;
    private final boolean credentials;
    private final String methods;
    private final String headers;
    private final String exposed;
    private final String maxAge;

    Cors(CorsConfig config) {
        origins = Set.copyOf(config.origins());
        anyOrigin = origins.contains(CorsConfig.ANY);
        credentials = config.credentials();
        methods = String.join(", ", config.methods());
        headers = withAuthorization(config);
        exposed = String.join(", ", config.exposeHeaders());
        maxAge = String.valueOf(config.maxAge().toSeconds());
    }

    /** Null where no origin is configured. */
    static @Nullable Cors of(CorsConfig config) {
        return config.origins().isEmpty() ? null : new Cors(config);
    }

    /** Whether a request is a preflight that is answered here. */
    boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** 204 for an allowed origin, whatever it asks for; 403 for others. */
    void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        String origin = allowed(request);
        response.setHeader("Vary", PREFLIGHT_VARIES);
        if (origin == null) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentLength(0);
            return;
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        allow(origin, response);
        response.setHeader("Access-Control-Allow-Methods", methods);
        response.setHeader("Access-Control-Allow-Headers", headers);
        response.setHeader("Access-Control-Max-Age", maxAge);
    }

    /** The response to a request for a protected path, marked for the request's origin. */
    HttpServletResponse open(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(ATTRIBUTE, this);
        return new CorsResponse(response, this, allowed(request));
    }

    /**
     * Likewise in a later dispatch of such a request; an error page may have a response that was
     * reset.
     */
    HttpServletResponse reopen(HttpServletRequest request, HttpServletResponse response) {
        boolean isOpened = request.getAttribute(ATTRIBUTE) == this;
        return isOpened && !CorsResponse.isIn(response) ? new CorsResponse(response, this, allowed(request)) : response;
    }

    /** Marks a response; may be repeated. */
    void mark(@Nullable String origin, HttpServletResponse response) {
        if (!anyOrigin && response.getHeaders("Vary").stream().noneMatch(value -> value.contains("Origin"))) {
            response.addHeader("Vary", "Origin");
        }
        if (origin != null) {
            allow(origin, response);
            if (!exposed.isEmpty()) {
                response.setHeader("Access-Control-Expose-Headers", exposed);
            }
        }
    }

    private void allow(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (credentials) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    private @Nullable String allowed(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return anyOrigin ? CorsConfig.ANY : origin != null && origins.contains(origin) ? origin : null;
    }

    private static String withAuthorization(CorsConfig config) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return Stream.concat(Stream.of("Authorization"), config.headers().stream())
                .filter(names::add)
                .collect(Collectors.joining(", "));
    }
}
