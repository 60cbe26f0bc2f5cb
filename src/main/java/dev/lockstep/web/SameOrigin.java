package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a page of another origin can have made a browser send a request, by what browsers
 * say and no script can change: {@code Sec-Fetch-Site} (Fetch Metadata), or where it is absent
 * {@code Origin} (RFC 6454, section 7). In doubt it can.
 *
 * <p>A request that changes nothing needs no proof, as the browser keeps the answer from the other
 * page. One that opens a WebSocket does: there any page may read the answers (RFC 6455, section
 * 10.2). So do methods in disguise.
 */
final class SameOrigin {

    /** As they are written: what another case means is the application's to say. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** What may make something else of a request than its method says. */
    private static final List<String> DISGUISES = List.of(
            "Upgrade",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private SameOrigin() {}

    /** Whether no other origin is behind the request, or that does not matter. */
    static boolean isCertain(HttpServletRequest request) {
        if (isSafe(request)) {
            return true;
        }
        @Nullable Enumeration<String> sites = request.getHeaders("Sec-Fetch-Site");
        if (sites != null && sites.hasMoreElements()) {
            return "same-origin".equals(only(sites));
        }
        return isOwn(only(request.getHeaders("Origin")), request);
    }

    private static boolean isSafe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod())
                && DISGUISES.stream().allMatch(name -> request.getHeader(name) == null);
    }

    /** The one value of a header; null where there are none or several. */
    private static @Nullable String only(@Nullable Enumeration<String> values) {
        if (values == null || !values.hasMoreElements()) {
            return null;
        }
        String first = values.nextElement();
        return values.hasMoreElements() ? null : first;
    }

    /**
     * Whether an origin is that of the request. A page that came by HTTPS counts where the request
     * seems to come by HTTP: TLS may end at a proxy. The opposite does not.
     */
    private static boolean isOwn(@Nullable String origin, HttpServletRequest request) {
        String authority = authority(request);
        return origin != null
                && (origin.equalsIgnoreCase("https://" + authority)
                        || (request.getScheme().equals("http") && origin.equalsIgnoreCase("http://" + authority)));
    }

    /** Host and port as an origin has them: without the scheme's own port. */
    private static String authority(HttpServletRequest request) {
        String name = request.getServerName();
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        int port = request.getServerPort();
        boolean isDefault = port == (request.getScheme().equals("https") ? HTTPS : HTTP);
        return isDefault ? host : host + ":" + port;
    }
}
