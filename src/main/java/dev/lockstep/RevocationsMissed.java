package dev.lockstep;

import java.time.Instant;

/**
 * CDI event: this node may have missed revocations, and will not fire {@link SessionRevoked} for
 * them. Anything may have changed: check what is kept open for sessions by
 * {@link SessionManager#find}, unless {@link SessionConnections} do. Tokens are not affected: a
 * revoked token is refused in any case. Fired outside any request; an exception from an observer is
 * logged and has no other effect.
 *
 * @param noticedAt when this node noticed, by its own clock
 * @param reason why it can't know
 */
public record RevocationsMissed(Instant noticedAt, Reason reason) {

    /** Why a node cannot tell what it missed. */
    public enum Reason {
        /**
         * It was paused or disconnected for longer than the store keeps its revocation log, which
         * is at least ten minutes.
         */
        LOG_TRIMMED,
        /**
         * The store's history changed: it was restored from a backup, it failed over, or all
         * sessions were deleted.
         */
        HISTORY_CHANGED,
        /**
         * All cached copies were declared void, by {@link SessionManager#revokeEverything} or
         * because very many tokens were revoked that the store does not know: for sessions that had
         * vanished from the store there is no other event. Fired at most once in five seconds.
         */
        COPIES_VOID
    }
}
