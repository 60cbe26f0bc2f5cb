package dev.lockstep.cache.guard;

import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A copy of a session that never was, under a digest that no token has, of an epoch that no node
 * would trust.
 */
final class CacheProbe {

    /** Long enough to be read, and gone soon if its invalidation fails. */
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

    private static final Session NOBODY = Session.ofMillis("probe", "probe", Set.of(), Map.of(), 0, 0, 0, 1);

    private CacheProbe() {}

    static void read(SessionCache cache) {
        var unused = cache.get(newDigest());
    }

    /**
     * Reading alone would not tell: a full or demoted backend reads well and refuses every write.
     */
    static void write(SessionCache cache) {
        SessionCopy copy = new SessionCopy(newDigest(), NOBODY, Long.MIN_VALUE, 0);
        cache.put(copy, TIME_TO_LIVE);
        var unused = cache.get(copy.digest());
        cache.invalidate(copy.digest());
    }

    private static TokenDigest newDigest() {
        SplittableRandom random = new SplittableRandom();
        return new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
