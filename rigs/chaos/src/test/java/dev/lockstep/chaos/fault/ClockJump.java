package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;

/** A node's wall clock jumps back and forth, by seconds or by hours, and comes back in the end. */
record ClockJump(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "clock-jump";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("clock-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int jump = chance.happens(50) ? chance.between(500, 5_000) : chance.between(60_000, 36_000_000);
        for (int offset : new int[] {jump, -jump, jump / 2, 0}) {
            var unused = cluster.nodes().get(node).client().send("CLOCK " + offset);
            chance.last(300, 1_800);
        }
    }
}
