package dev.lockstep.revocation;

import static dev.lockstep.revocation.ProtocolLimits.LONGEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.POLLS_PER_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_POLL;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node takes part in the protocol.
 *
 * @param nodeName identifies the node to people
 * @param lease how long a node may trust its facts at a time; zero: never
 * @param poll how often it reads the log; positive
 * @param storeDeadline the longest that a call of the store takes
 * @param facts how much it remembers
 * @param single whether another live node is refused
 */
public record RevocationSettings(
        String nodeName, Duration lease, Duration poll, Duration storeDeadline, FactsLimits facts, boolean single) {

    private static final String SINGLE = "single";

    /** As with the default lease. Such a node reads the log for its observers alone. */
    private static final Duration POLL_WITHOUT_LEASE = Duration.ofMillis(500);

    static final Setting<Duration> LEASE = Setting.of(
            "lease",
            Values.duration(Duration.ZERO, LONGEST_LEASE),
            "2s",
            "how long a node may use cached copies without hearing from the store, 40ms or more; `0`: never");

    static final Setting<Optional<Duration>> POLL = Setting.optional(
                    "poll",
                    Values.duration(SHORTEST_POLL, LONGEST_LEASE),
                    "how often a node reads the revocation log; at most as long as the lease")
            .whereUnset("a quarter of the lease");

    static final Setting<String> NODES = Setting.of(
            "nodes", Values.choice("many", SINGLE), "many", "`single`: a second live node fails its deployment");

    static final Setting<Integer> FACTS_MAX = Setting.of(
            "facts.max",
            Values.number(2, 100_000_000),
            "100000",
            "how many revoked digests a node remembers at most (about 50 bytes each); beyond that it asks the store more"
                    + " often");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(LEASE, POLL, NODES, FACTS_MAX);

    public RevocationSettings {
        if (!ProtocolLimits.isLease(lease)) {
            throw new IllegalArgumentException(
                    "A lease is zero, or from " + SHORTEST_LEASE + " to " + LONGEST_LEASE + ": " + lease);
        }
        if (poll.compareTo(SHORTEST_POLL) < 0) {
            throw new IllegalArgumentException("A poll comes after " + SHORTEST_POLL + " or more: " + poll);
        }
    }

    /** With facts and other nodes as they are by default. */
    public static RevocationSettings of(String nodeName, Duration lease, Duration poll, Duration storeDeadline) {
        return new RevocationSettings(
                nodeName,
                lease,
                poll,
                storeDeadline,
                FactsLimits.DEFAULT,
                NODES.byDefault().equals(SINGLE));
    }

    /**
     * Reads what is configured here; the node's name and the store's deadline are said elsewhere.
     */
    public static RevocationSettings read(Settings settings, String nodeName, Duration storeDeadline) {
        Duration lease = lease(settings);
        Duration longestPoll = lease.isZero() ? LONGEST_LEASE : lease;
        Duration usualPoll = lease.isZero() ? POLL_WITHOUT_LEASE : lease.dividedBy(POLLS_PER_LEASE);
        return new RevocationSettings(
                nodeName,
                lease,
                settings.get(POLL.as(Values.duration(SHORTEST_POLL, longestPoll), usualPoll)),
                storeDeadline,
                FactsLimits.DEFAULT.withMax(settings.get(FACTS_MAX)),
                settings.get(NODES).equals(SINGLE));
    }

    public RevocationSettings withFacts(FactsLimits limits) {
        return new RevocationSettings(nodeName, lease, poll, storeDeadline, limits, single);
    }

    public RevocationSettings withSingle(boolean refused) {
        return new RevocationSettings(nodeName, lease, poll, storeDeadline, facts, refused);
    }

    /**
     * Between two readings of the node rows while a logout waits: often enough not to add to the
     * wait.
     */
    Duration pause() {
        Duration twentieth = poll.dividedBy(20);
        Duration longest = Duration.ofMillis(50);
        return twentieth.compareTo(longest) > 0 ? longest : twentieth;
    }

    private static Duration lease(Settings settings) {
        Duration lease = settings.get(LEASE);
        if (!ProtocolLimits.isLease(lease)) {
            settings.problem(
                    LEASE, lease.toString(), "0, or a duration from " + SHORTEST_LEASE + " to " + LONGEST_LEASE);
            return SHORTEST_LEASE;
        }
        return lease;
    }

    /**
     * How much a node remembers. Forgetting costs hits, never correctness.
     *
     * @param max how many revoked digests at most; at least 2
     * @param maxAge how long at most; positive
     */
    public record FactsLimits(int max, Duration maxAge) {

        /** As many digests as {@code lockstep.facts.max} says where it is not set, for an hour. */
        public static final FactsLimits DEFAULT = new FactsLimits(FACTS_MAX.byDefault(), Duration.ofHours(1));

        public FactsLimits {
            if (max < 2 || maxAge.isNegative() || maxAge.isZero()) {
                throw new IllegalArgumentException("max is at least 2, maxAge positive: " + max + ", " + maxAge);
            }
        }

        FactsLimits withMax(int digests) {
            return new FactsLimits(digests, maxAge);
        }
    }
}
