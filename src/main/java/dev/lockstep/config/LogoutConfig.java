package dev.lockstep.config;

import static dev.lockstep.revocation.ProtocolLimits.LONGEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_POLL;

import dev.lockstep.revocation.ProtocolLimits;
import java.time.Duration;
import java.util.Set;

/**
 * How logouts become true: {@code lockstep.lease}, {@code poll}, {@code logout}, {@code nodes}, {@code facts.max} and
 * {@code channel}.
 *
 * @param lease how long a node may trust cached copies without hearing from the store; zero: never
 * @param poll how often a node reads the revocation log
 * @param await whether a revocation returns only when it holds on every node
 * @param singleNode whether a second live node is refused
 * @param factsMax how many revoked digests a node remembers at most
 * @param channel which channel makes logouts quick
 */
public record LogoutConfig(
        Duration lease, Duration poll, boolean await, boolean singleNode, int factsMax, String channel) {

    private static final Duration POLL_WITHOUT_LEASE = Duration.ofMillis(500);

    static LogoutConfig read(PrefixedSettings settings) {
        Duration lease = lease(settings);
        return new LogoutConfig(
                lease,
                settings.duration("poll", defaultPoll(lease), SHORTEST_POLL, lease.isZero() ? LONGEST_LEASE : lease),
                settings.choice("logout", "await", Set.of("await", "async")).equals("await"),
                settings.choice("nodes", "many", Set.of("many", "single")).equals("single"),
                (int) settings.number("facts.max", 100_000, 2, 100_000_000),
                settings.text("channel").orElse("auto"));
    }

    private static Duration lease(PrefixedSettings settings) {
        Duration lease = settings.duration("lease", Duration.ofSeconds(2), Duration.ZERO, LONGEST_LEASE);
        if (!ProtocolLimits.isLease(lease)) {
            settings.problem(
                    "lease", lease.toString(), "0, or a duration from " + SHORTEST_LEASE + " to " + LONGEST_LEASE);
            return SHORTEST_LEASE;
        }
        return lease;
    }

    private static Duration defaultPoll(Duration lease) {
        return lease.isZero() ? POLL_WITHOUT_LEASE : lease.dividedBy(ProtocolLimits.POLLS_PER_LEASE);
    }
}
