package dev.lockstep.endpoints.routing;

/** Answers the calls of one route. Safe for use by several threads. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a call.
     *
     * @throws ProblemException for an answer that is a problem
     */
    HttpAnswer handle(EndpointCall call);
}
