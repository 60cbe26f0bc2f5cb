package dev.lockstep.endpoints.routing;

import dev.lockstep.web.OwnAnswer;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers, with the headers that {@link OwnAnswer every answer} has unless it says
 * otherwise. Immutable; the bytes that it is given must not be changed.
 */
public final class HttpAnswer {

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;
    private final boolean callerEnded;

    /** @param type empty where there is no body */
    private HttpAnswer(int status, String type, byte[] body, Map<String, String> headers, boolean callerEnded) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = headers;
        this.callerEnded = callerEnded;
    }

    /**
     * 200 with a body.
     *
     * @param type its media type
     */
    public static HttpAnswer of(String type, byte[] body) {
        return new HttpAnswer(HttpServletResponse.SC_OK, type, body, OwnAnswer.HEADERS, false);
    }

    /** 200 with a body in JSON. */
    public static HttpAnswer json(JsonObject body) {
        return of("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** 204. */
    public static HttpAnswer noContent() {
        return new HttpAnswer(HttpServletResponse.SC_NO_CONTENT, "", new byte[0], OwnAnswer.HEADERS, false);
    }

    /** The same with another status. */
    public HttpAnswer withStatus(int another) {
        return new HttpAnswer(another, type, body, headers, callerEnded);
    }

    /** The same of another type. */
    public HttpAnswer as(String another) {
        return new HttpAnswer(status, another, body, headers, callerEnded);
    }

    /** The same with one more header, or with another value of it. */
    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, type, body, more, callerEnded);
    }

    /** The same, of a call by which the session that made it may have been ended. */
    public HttpAnswer endingCaller(boolean ended) {
        return new HttpAnswer(status, type, body, headers, ended);
    }

    /** Whether the caller's token is of no use any more. */
    public boolean hasEndedCaller() {
        return callerEnded;
    }

    /** Writes it; to HEAD without the body. */
    public void send(boolean head, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        if (type.isEmpty()) {
            return;
        }
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!head) {
            response.getOutputStream().write(body);
        }
    }
}
