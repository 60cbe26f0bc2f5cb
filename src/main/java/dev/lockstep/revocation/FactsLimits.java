package dev.lockstep.revocation;

import java.time.Duration;

/**
 * How much a node remembers. Forgetting costs hits, never correctness.
 *
 * @param max how many revoked digests at most; at least 2
 * @param maxAge how long at most; positive
 */
public record FactsLimits(int max, Duration maxAge) {

    /** As many digests as {@code lockstep.facts.max} says where it is not set, for an hour. */
    public static final FactsLimits DEFAULT =
            new FactsLimits(RevocationSettings.FACTS_MAX.byDefault(), Duration.ofHours(1));

    public FactsLimits {
        if (max < 2 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("max is at least 2, maxAge positive: " + max + ", " + maxAge);
        }
    }

    FactsLimits withMax(int digests) {
        return new FactsLimits(digests, maxAge);
    }

    int perGeneration() {
        return max / 2;
    }

    Duration generationAge() {
        return maxAge.dividedBy(2);
    }
}
