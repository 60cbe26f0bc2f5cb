package dev.lockstep.revocation;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a store commits what revokes: with the node rows behind it, or without where it keeps no log.
 * Thread-safe.
 */
interface Writes {

    Committed<List<Revoked>> revoke(List<RevocationTarget> targets);

    @Nullable
    Committed<Rotated> rotate(TokenDigest current, TokenDigest next);
}
