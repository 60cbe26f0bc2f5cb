package dev.lockstep.web;

import dev.lockstep.TokenRefused.Reason;
import org.jspecify.annotations.Nullable;

/** The answers of RFC 6750, section 3, and one for when there can be none. */
enum Refusal implements Verdict {
    /** No error code, as section 3.1 asks where the request had no credentials. */
    MISSING(401, null, "unauthorized", Reason.MISSING),
    INVALID_REQUEST(400, "invalid_request", "invalid_request", Reason.INVALID_REQUEST),
    /** The same for every cause, so that nobody can find out which tokens once existed. */
    INVALID_TOKEN(401, "invalid_token", "invalid_token", Reason.INVALID_TOKEN),
    INSUFFICIENT_SCOPE(403, "insufficient_scope", "insufficient_scope", Reason.INSUFFICIENT_SCOPE),
    UNAVAILABLE(503, null, "temporarily_unavailable", Reason.UNAVAILABLE);

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

    int status() {
        return status;
    }

    /** JSON, ASCII. */
    String body() {
        return body;
    }

    Reason reason() {
        return reason;
    }

    /** Whether this is about the client's credentials, and so carries a challenge. */
    boolean challenges() {
        return this != UNAVAILABLE;
    }

    /** The challenge's parameters after the realm. */
    String errorParameter() {
        return code == null ? "" : ", error=\"" + code + "\"";
    }
}
