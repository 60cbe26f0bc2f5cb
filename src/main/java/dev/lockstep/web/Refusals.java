package dev.lockstep.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes refusals. Immutable. Uses {@code setStatus}, never {@code sendError}, so that no error page is asked for: one
 * might turn a 401 into a login form with status 200.
 */
final class Refusals {

    /** Long enough to let a database fail over a little, short enough not to be felt afterwards; seconds. */
    private static final String RETRY_AFTER = "2";

    private final Map<Refusal, String> challenges = new EnumMap<>(Refusal.class);

    Refusals(String realm) {
        for (Refusal refusal : Refusal.values()) {
            challenges.put(refusal, "Bearer realm=\"" + escape(realm) + "\"" + refusal.errorParameter());
        }
    }

    void send(Refusal refusal, HttpServletResponse response) throws IOException {
        byte[] body = refusal.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(refusal.status());
        response.setHeader(refusal.challenges() ? "WWW-Authenticate" : "Retry-After", headerFor(refusal));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private String headerFor(Refusal refusal) {
        return refusal.challenges() ? challenges.getOrDefault(refusal, "Bearer") : RETRY_AFTER;
    }

    /** A quoted-string, RFC 9110, section 5.6.4. */
    private static String escape(String realm) {
        return realm.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
