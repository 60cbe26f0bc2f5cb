package dev.lockstep.revocation;

import java.time.Duration;

/**
 * How a node takes part in the protocol.
 *
 * @param nodeName tells people which node it is
 * @param lease how long a node may trust its facts at a time; zero: never
 * @param poll how often it reads the log; positive
 * @param storeDeadline the longest that a call of the store takes
 * @param facts how much it remembers
 * @param single whether another live node is refused
 */
public record RevocationSettings(
        String nodeName, Duration lease, Duration poll, Duration storeDeadline, FactsLimits facts, boolean single) {

    public RevocationSettings {
        if (!ProtocolLimits.isLease(lease)) {
            throw new IllegalArgumentException("A lease is zero, or from " + ProtocolLimits.SHORTEST_LEASE + " to "
                    + ProtocolLimits.LONGEST_LEASE + ": " + lease);
        }
        if (poll.compareTo(ProtocolLimits.SHORTEST_POLL) < 0) {
            throw new IllegalArgumentException(
                    "A poll comes after " + ProtocolLimits.SHORTEST_POLL + " or more: " + poll);
        }
    }

    /** Between two readings of the node rows while a logout waits: often enough not to add to the wait. */
    Duration pause() {
        Duration twentieth = poll.dividedBy(20);
        Duration longest = Duration.ofMillis(50);
        return twentieth.compareTo(longest) > 0 ? longest : twentieth;
    }
}
