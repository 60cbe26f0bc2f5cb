package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Is told which request a thread works for, so that what is measured belongs to the request's own
 * trace. Must not throw. Thread-safe.
 */
public interface RequestTraces {

    /**
     * From now on the calling thread works for this request.
     *
     * @return false if it did so already, as within a forward; then it need not {@link #leave}
     */
    boolean enter(HttpServletRequest request);

    /** The calling thread works for that request no more. */
    void leave();
}
