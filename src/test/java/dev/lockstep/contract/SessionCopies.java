package dev.lockstep.contract;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Copies for the contracts. */
public final class SessionCopies {

    private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);

    private SessionCopies() {}

    /** A copy that nobody has seen before. */
    public static SessionCopy fresh() {
        return copy(digest(ThreadLocalRandom.current()), 1);
    }

    public static TokenDigest digest(Random random) {
        return new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** The copy of this digest at this position; equal only to itself. */
    public static SessionCopy copy(TokenDigest digest, long position) {
        return copy(digest, position, Set.of("user", "админ"), Map.of("tenant", "t" + position));
    }

    /** About 100 kB. */
    public static SessionCopy large() {
        Map<String, String> attributes =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "name" + i, i -> "ü".repeat(500)));
        return copy(digest(ThreadLocalRandom.current()), 1, Set.of(), attributes);
    }

    private static SessionCopy copy(
            TokenDigest digest, long position, Set<String> groups, Map<String, String> attributes) {
        Session session = new Session(
                "id-" + digest.d(),
                "principal-" + position,
                groups,
                attributes,
                CREATED,
                CREATED.plusMillis(position),
                CREATED.plusSeconds(43_200),
                Duration.ofHours(1));
        return new SessionCopy(digest, session, -42, position);
    }
}
