package dev.lockstep.cache.guard;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A copy of a session that never was, under a digest that no token has, of an epoch that no node would trust. */
final class Probe {

    /** Long enough to be read, and gone soon if its invalidation fails. */
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

    private static final Session NOBODY = new Session(
            "probe", "probe", Set.of(), Map.of(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Duration.ofMillis(1));

    private Probe() {}

    static SessionCopy newCopy() {
        SplittableRandom random = new SplittableRandom();
        TokenDigest digest =
                new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        return new SessionCopy(digest, NOBODY, Long.MIN_VALUE, 0);
    }
}
