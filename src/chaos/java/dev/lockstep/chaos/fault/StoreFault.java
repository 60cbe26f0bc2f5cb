package dev.lockstep.chaos.fault;

import java.util.Set;

/** A fault of the database itself, which all nodes feel; one at a time. */
interface StoreFault extends Fault {

    @Override
    default boolean strikesNode() {
        return false;
    }

    @Override
    default Set<String> holds(int node) {
        return Set.of("store");
    }
}
