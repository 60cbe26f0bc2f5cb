package dev.lockstep.web;

import dev.lockstep.TokenRefused.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answers of RFC 6750, section 3, and one for when there can be none. They are written by
 * {@code setStatus}, never by {@code sendError}, so that no error page is asked for: one might turn
 * a 401 into a login form with status 200.
 */
enum Refusal implements Authentication {
    /** No error code, as section 3.1 asks where the request had no credentials. */
    MISSING(401, null, "unauthorized", Reason.MISSING),
    INVALID_REQUEST(400, "invalid_request", "invalid_request", Reason.INVALID_REQUEST),
    /** The same for every cause, so that nobody can find out which tokens once existed. */
    INVALID_TOKEN(401, "invalid_token", "invalid_token", Reason.INVALID_TOKEN),
    FORGED_TOKEN(401, "invalid_token", "invalid_token", Reason.FORGED_TOKEN),
    INSUFFICIENT_SCOPE(403, "insufficient_scope", "insufficient_scope", Reason.INSUFFICIENT_SCOPE),
    /** A challenge would be of no use: another token would be refused as well. */
    CROSS_SITE(403, null, "cross_site", Reason.CROSS_SITE),
    UNAVAILABLE(503, null, "temporarily_unavailable", Reason.UNAVAILABLE);

    /**
     * Long enough to let a database fail over a little, short enough not to be felt afterwards;
     * seconds.
     */
    private static final String RETRY_AFTER = "2";

    private final int status;
    private final @Nullable String code;
    private final String body;
    private final Reason reason;

    Refusal(int status, @Nullable String code, String word, Reason reason) {
        this.status = status;
        this.code = code;
        this.body = "{\"error\":\"" + word + "\"}";
        this.reason = reason;
    }

    /**
     * Answers a request.
     *
     * @param realm the protection space that a challenge names
     */
    void send(String realm, HttpServletResponse response) throws IOException {
        byte[] json = body.getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        switch (this) {
            case UNAVAILABLE -> response.setHeader("Retry-After", RETRY_AFTER);
            case CROSS_SITE -> {}
            default -> response.setHeader("WWW-Authenticate", challenge(realm));
        }
        OwnAnswer.HEADERS.forEach(response::setHeader);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    Reason reason() {
        return reason;
    }

    private String challenge(String realm) {
        String error = code == null ? "" : ", error=\"" + code + "\"";
        return "Bearer realm=\"" + escape(realm) + "\"" + error;
    }

    /** A quoted-string, RFC 9110, section 5.6.4. */
    private static String escape(String realm) {
        return realm.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
