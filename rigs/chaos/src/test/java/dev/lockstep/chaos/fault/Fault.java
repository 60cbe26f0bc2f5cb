package dev.lockstep.chaos.fault;

import java.util.Set;

/** One kind of fault. */
public interface Fault {

    /** What the report calls it. */
    String kind();

    /** Whether it strikes one node, rather than all of the cluster. */
    default boolean strikesNode() {
        return true;
    }

    /** What no other fault may touch while it lasts. */
    Set<String> holds(int node);

    /**
     * Causes it, lets it last, and repairs it.
     *
     * @param node the node to strike; of no meaning where it strikes none
     * @param chance how long, how much
     */
    void strike(int node, Chance chance) throws Exception;
}
