package dev.lockstep.endpoints.routing;

import java.util.Map;

/**
 * Problem details (RFC 9457). Their type is {@code about:blank}: the status says what kind of
 * problem it is, the detail what to do about it.
 */
public final class ProblemDetails {

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            500, "Internal Server Error",
            501, "Not Implemented",
            503, "Service Unavailable");

    private ProblemDetails() {}

    /**
     * An answer that is a problem.
     *
     * @param detail a sentence for people, without anything that the request said
     */
    public static HttpAnswer answer(int status, String detail) {
        return HttpAnswer.json(Json.object()
                        .add("type", "about:blank")
                        .add("title", TITLES.getOrDefault(status, "Problem"))
                        .add("status", status)
                        .add("detail", detail)
                        .build())
                .as("application/problem+json")
                .withStatus(status);
    }
}
