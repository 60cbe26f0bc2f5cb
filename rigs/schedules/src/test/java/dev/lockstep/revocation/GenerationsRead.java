package dev.lockstep.revocation;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.schedules.Together;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.time.Duration;
import java.time.Instant;

/** A request asks for a digest while the set grows and makes its younger digests the older ones. */
public final class GenerationsRead implements Runnable {

    private static final FactsLimits LIMITS = new FactsLimits(4, Duration.ofHours(1));

    /** Its factors are random, and drawn before any schedule is tried. */
    public GenerationsRead() {
        var unused = new RevokedSet(LIMITS, 0).contains(digest(1));
    }

    @Override
    public void run() {
        RevokedSet revoked = new RevokedSet(LIMITS, 0);
        revoked.add(revocation(1));
        Together.run(() -> require(revoked.contains(digest(1)), "not found"), () -> {
            revoked.add(revocation(2));
            revoked.forgetOlder(0);
            revoked.add(revocation(3));
        });
    }

    private static Revocation revocation(long number) {
        return new Revocation(number, digest(number), "id", "alice", Cause.REVOKED, Instant.EPOCH);
    }

    private static TokenDigest digest(long number) {
        return new TokenDigest(number, number, number, number);
    }
}
