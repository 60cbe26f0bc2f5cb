package dev.lockstep.contract;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Sessions to test with. */
public final class Samples {

    public static final Duration ABSOLUTE = Duration.ofHours(12);
    public static final Duration IDLE = Duration.ofHours(1);

    private Samples() {}

    /** A digest that was not seen before. */
    public static TokenDigest digest() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** A session of a principal under a new digest. */
    public static NewSession session(String principal) {
        return session(principal, digest());
    }

    public static NewSession session(String principal, TokenDigest digest) {
        return session(principal, digest, ABSOLUTE, IDLE);
    }

    public static NewSession session(String principal, TokenDigest digest, Duration absolute, Duration idle) {
        return new NewSession(id(), digest, principal, Set.of("user"), Map.of(), absolute, idle);
    }

    /** A session's identifier that was not seen before. */
    public static String id() {
        return UUID.randomUUID().toString();
    }
}
