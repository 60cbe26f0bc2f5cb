package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells the question that a browser asks before a request from another origin (Fetch, "CORS-preflight request"). It
 * never carries credentials, so it must pass for the request itself to be possible.
 */
final class CorsPreflight {

    private CorsPreflight() {}

    static boolean is(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
