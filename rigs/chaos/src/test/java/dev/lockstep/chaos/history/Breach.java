package dev.lockstep.chaos.history;

/**
 * A call broke its own contract, other than by what became of the session.
 *
 * @param what what it did
 * @param node which node was asked
 * @param at when that was answered
 */
public record Breach(String what, int node, long at) {}
