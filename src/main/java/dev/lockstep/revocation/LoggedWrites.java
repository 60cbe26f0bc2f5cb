package dev.lockstep.revocation;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes of a store that keeps a revocation log. */
record LoggedWrites(RevocationLog log) implements Writes {

    @Override
    public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
        return log.commitRevocations(targets);
    }

    @Override
    public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
        return log.commitRotation(current, next);
    }
}
