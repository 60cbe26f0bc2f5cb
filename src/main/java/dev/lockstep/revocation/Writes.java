package dev.lockstep.revocation;

import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a store commits what revokes: with the node rows behind it, or without where it keeps no log. Thread-safe. */
interface Writes {

    Committed<List<Revoked>> revoke(List<RevocationTarget> targets);

    @Nullable
    Committed<Rotated> rotate(TokenDigest current, TokenDigest next);
}
