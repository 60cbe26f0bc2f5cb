package dev.lockstep.sim.engine;

/** What is done when code comes to a point between two steps of the protocol. */
@FunctionalInterface
public interface Points {

    Points QUIET = point -> {};

    /** @param point as the weaver has numbered it */
    void at(int point);
}
