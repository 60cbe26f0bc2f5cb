package dev.lockstep;

import java.time.Instant;

/**
 * CDI event: this node may have missed revocations, so that for some there will be no {@link SessionRevoked} on it.
 * Anything may have changed: check what is kept open for sessions, such as WebSockets, by {@link SessionManager#find}.
 * Tokens are not concerned: what was revoked is refused all the same. Fired outside of any request; what an observer throws
 * is logged and changes nothing.
 *
 * @param noticedAt when this node noticed, by its own clock
 * @param reason why it can't know
 */
public record RevocationsMissed(Instant noticedAt, Reason reason) {

    /** Why a node can't know what it missed. */
    public enum Reason {
        /** It was away, paused or cut off, for longer than the store keeps its revocation log: ten minutes at least. */
        LOG_TRIMMED,
        /** The store has another history now: it was restored from a backup, or failed over, or all sessions were deleted. */
        HISTORY_CHANGED,
        /**
         * All cached copies were declared worthless, by {@link SessionManager#revokeEverything} or because very many tokens were
         * revoked that the store does not know: for sessions that had vanished from the store there is no other event. Fired once
         * for all such declarations of five seconds.
         */
        COPIES_VOID
    }
}
