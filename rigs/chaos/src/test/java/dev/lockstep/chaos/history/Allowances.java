package dev.lockstep.chaos.history;

import java.time.Duration;

/**
 * What the checker grants, stated in docs/internals/chaos.md.
 *
 * @param revoke how long a revocation may take until it returns or throws, not counting the time
 *     for which its own node was stopped
 * @param two the same for one that may take two transactions: of a session that may have been ended
 *     before, so that the store may know nothing of it, or of more sessions than one transaction
 *     ends
 * @param recovery how long after the end of a fault a node may still answer that it cannot tell
 */
public record Allowances(Duration revoke, Duration two, Duration recovery) {

    /** For the store to say that a commit is still there, where that took long. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);

    /** What a machine may do between the steps of a revocation, which has other things to do. */
    private static final Duration SCHEDULING = Duration.ofSeconds(1);

    /**
     * The formula of docs/internals/logout.md: the store's deadline for the group of revocations
     * that was under way, again for its own commit, both once more where the store has to be told
     * of what it does not know, and a lease, waited out with a quarter more; and a second for the
     * store's word that the commit is there still.
     */
    public static Allowances of(Duration longestLease, Duration storeTimeout) {
        Duration lease =
                longestLease.multipliedBy(5).dividedBy(4).plus(CONFIRMATION).plus(SCHEDULING);
        return new Allowances(
                storeTimeout.multipliedBy(2).plus(lease),
                storeTimeout.multipliedBy(4).plus(lease),
                Duration.ofSeconds(30));
    }
}
