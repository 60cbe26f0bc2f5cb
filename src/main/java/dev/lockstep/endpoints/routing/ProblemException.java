package dev.lockstep.endpoints.routing;

/**
 * Ends a call with a problem. Its text goes to whoever called, so nothing of the request is in it.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status 4xx or 5xx
     * @param detail a sentence for people, without anything that the request said
     */
    public ProblemException(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** As RFC 9457 says. */
    public HttpAnswer answer() {
        return ProblemDetails.answer(status, String.valueOf(getMessage()));
    }
}
