package dev.lockstep.chaos.history;

import java.time.Duration;

/**
 * What the checker grants, stated in docs/internals/chaos.md.
 *
 * @param revoke how long a revocation may take until it returns or throws, not counting the time for which its own node
 *     was stopped
 * @param recovery how long after the end of a fault a node may still answer that it cannot tell
 */
public record Allowances(Duration revoke, Duration recovery) {

    /**
     * A lease, waited out with a quarter more, and six times the store's deadline: a group of revocations before this
     * one, its commit, a reading of the node rows that was under way, its own first reading, one that finds the store
     * gone again, and once more for a machine that has other things to do.
     */
    public static Allowances of(Duration longestLease, Duration storeTimeout) {
        Duration lease = longestLease.multipliedBy(5).dividedBy(4);
        return new Allowances(lease.plus(storeTimeout.multipliedBy(6)), Duration.ofSeconds(30));
    }
}
