package dev.lockstep.revocation;

import java.time.Duration;

/**
 * The durations on which the protocol rests, each derived from the one that it depends on. All of
 * them are measured by monotonic clocks, so that no clock that jumps shortens one.
 *
 * <pre>
 * LONGEST_LEASE ── certainlyOver ── SWEEP_GRACE
 *       │                 └──────── the removal of a fenced node's row, the end of a wait
 *       ├── closedAfterRestore
 *       └── LOG_RETENTION
 * </pre>
 */
public final class ProtocolLimits {

    /**
     * The longest lease that can be configured. A longer one would keep a logout waiting for a dead
     * node as long.
     */
    public static final Duration LONGEST_LEASE = Duration.ofMinutes(1);

    /**
     * The shortest time between two readings of the log. More often costs the store without making
     * anything safer.
     */
    public static final Duration SHORTEST_POLL = Duration.ofMillis(10);

    /** So that three polls in a row may fail before a lease runs out. */
    public static final int POLLS_PER_LEASE = 4;

    /** The shortest lease but zero, with which a node trusts no copy at all. */
    public static final Duration SHORTEST_LEASE = SHORTEST_POLL.multipliedBy(POLLS_PER_LEASE);

    /**
     * For how long a node has known a reading of the store's clock before it deletes what was over
     * by then. A node that takes a copy of it for live has a lease, and has so read the store's
     * clock within {@link #certainlyOver} of the longest one: after the sweeping node's reading.
     * Twice the lease is more than that.
     */
    public static final Duration SWEEP_GRACE = LONGEST_LEASE.multipliedBy(2);

    /**
     * For how long a node has applied what it trims from the log. A lease that was granted before
     * that time has long been over by then. It is longer than that demands for the sake of nodes
     * that were paused or cut off: those that are back within ten minutes catch up from the log,
     * and their observers hear of each revocation.
     */
    public static final Duration LOG_RETENTION = LONGEST_LEASE.multipliedBy(10);

    /**
     * How many revocations beyond what polls have told a node the log may be: more than are
     * committed between two polls, some seconds at most. A node that is further behind than that
     * refuses what is pushed, and copies from there, until it has caught up.
     */
    static final long FURTHEST_AHEAD = 100_000;

    /**
     * For how many of the longest lease in use a store that was set back stays closed, as operators
     * are told.
     */
    private static final int LEASES_CLOSED = 2;

    private ProtocolLimits() {}

    /** How long it takes here until a lease of another node is over for certain. */
    public static Duration certainlyOver(Duration lease) {
        return longestElsewhere(lease);
    }

    /**
     * A quarter more than by the clock of this machine, since two clocks may be slewed by up to 8 %
     * each.
     */
    static Duration longestElsewhere(Duration measured) {
        return measured.plus(measured.dividedBy(4));
    }

    /** For how long a store stays closed after it was set back (docs/howto/logout-settings.md). */
    static Duration closedAfterRestore(Duration longestLease) {
        return longestLease.multipliedBy(LEASES_CLOSED);
    }

    /** Whether a node may have such a lease: zero, or within the limits. */
    public static boolean isLease(Duration lease) {
        return lease.isZero() || (lease.compareTo(SHORTEST_LEASE) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0);
    }
}
