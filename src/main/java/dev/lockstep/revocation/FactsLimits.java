package dev.lockstep.revocation;

import java.time.Duration;

/**
 * How much a node remembers. Forgetting costs hits, never correctness.
 *
 * @param max how many revoked digests at most; at least 2
 * @param maxAge how long at most; positive
 */
public record FactsLimits(int max, Duration maxAge) {

    /** A hundred thousand digests (about ten megabytes), for an hour. */
    public static final FactsLimits DEFAULT = new FactsLimits(100_000, Duration.ofHours(1));

    public FactsLimits {
        if (max < 2 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("max is at least 2, maxAge positive: " + max + ", " + maxAge);
        }
    }

    int perGeneration() {
        return max / 2;
    }

    Duration generationAge() {
        return maxAge.dividedBy(2);
    }
}
