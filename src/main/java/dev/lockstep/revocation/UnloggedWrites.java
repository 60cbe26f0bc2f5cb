package dev.lockstep.revocation;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes of a store that keeps no revocation log, so that no node trusts copies. */
record UnloggedWrites(SessionStore store) implements Writes {

    private static final NodeRows NOBODY = new NodeRows(new LogPosition(0, 0), List.of());

    @Override
    public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
        return new Committed<>(store.revoke(targets), NOBODY);
    }

    @Override
    public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
        Rotated rotated = store.rotate(current, next);
        return rotated == null ? null : new Committed<>(rotated, NOBODY);
    }
}
