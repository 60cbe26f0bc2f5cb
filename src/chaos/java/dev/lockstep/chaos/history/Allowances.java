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

    /** What a machine may do between the steps of a revocation, which has other things to do. */
    private static final Duration SCHEDULING = Duration.ofSeconds(1);

    /**
     * The formula of docs/internals/logout.md: the store's deadline for the group of revocations that was under way, again
     * for its own commit, and a lease, waited out with a quarter more.
     */
    public static Allowances of(Duration longestLease, Duration storeTimeout) {
        Duration lease = longestLease.multipliedBy(5).dividedBy(4);
        return new Allowances(storeTimeout.multipliedBy(2).plus(lease).plus(SCHEDULING), Duration.ofSeconds(30));
    }
}
