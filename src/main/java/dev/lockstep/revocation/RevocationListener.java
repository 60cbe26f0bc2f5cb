package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import java.time.Duration;

/**
 * What hears of revocations on this node. Called by several threads; no method may block or throw.
 */
public interface RevocationListener {

    /**
     * A digest opens nothing any more: drop this node's copies of it. Also called for what was
     * known before.
     */
    void dropCopies(TokenDigest digest);

    /**
     * This node has revoked a digest: drop the copies that nodes share, too. A courtesy; may be
     * left undone.
     */
    void dropShared(TokenDigest digest);

    /**
     * This node has learnt of a revocation. Called once per revocation for as long as the node
     * remembers it, before {@link #dropCopies}; never for {@link Revocation.Cause#PRINCIPAL_GONE}.
     *
     * @param lag the time since the revocation, by the store's clock; never negative
     */
    void learnt(Revocation revocation, Duration lag);

    /**
     * A poll has told which version of the application's key is in force.
     *
     * @param version its number; 0 for none
     * @param storeMillis the store's clock at that moment, in milliseconds since 1970
     * @param sentNanos this node's monotonic clock before the poll was sent
     * @param sentWallMillis its wall clock then
     */
    default void keyTold(long version, long storeMillis, long sentNanos, long sentWallMillis) {}

    /** This node may have missed revocations, of which {@link #learnt} is never called. */
    void missed(RevocationsMissed missed);
}
