package dev.lockstep.revocation;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Digests, sessions and revocations to test with. */
final class RevocationSamples {

    private RevocationSamples() {}

    static TokenDigest digest(long number) {
        return new TokenDigest(number * 0x9E3779B97F4A7C15L, 2, 3, number);
    }

    static SessionCopy open(SessionStore store, long number) {
        return store.open(new NewSession(
                "session-" + number,
                digest(number),
                "alice",
                Set.of("user"),
                Map.of(),
                Duration.ofHours(12),
                Duration.ofHours(1)));
    }

    static Revocation revocation(long position, long number) {
        return new Revocation(
                position,
                digest(number),
                "session-" + number,
                "alice",
                Revocation.Cause.REVOKED,
                Instant.ofEpochMilli(1_700_000_000_000L));
    }
}
