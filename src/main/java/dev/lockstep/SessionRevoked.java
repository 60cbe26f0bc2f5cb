package dev.lockstep;

import java.time.Duration;
import java.time.Instant;

/**
 * CDI event: a session was revoked. Fired once on each running node, as soon as that node learns of
 * it; {@link SessionConnections} close WebSockets and the like by themselves. Fired again if a
 * session that ended long ago is revoked once more by its identifier. A node that was paused or
 * disconnected fires it on its return for what was revoked in the meantime, with the lag up to
 * then; if the store no longer has those revocations, it fires {@link RevocationsMissed} instead.
 * Fired outside any request; an exception from an observer is logged and has no other effect.
 *
 * @param sessionId the session's identifier
 * @param principal its principal; empty if the store no longer knew the session
 * @param revokedAt when it was revoked, by the store's clock
 * @param lag how long this node took to learn of it; zero on the node that revoked it
 */
public record SessionRevoked(String sessionId, String principal, Instant revokedAt, Duration lag) {

    /** For logs: on one line whatever the texts hold. */
    @Override
    public String toString() {
        return "SessionRevoked[sessionId=" + Escaped.value(sessionId)
                + ", principal=" + Escaped.value(principal)
                + ", revokedAt=" + revokedAt
                + ", lag=" + lag + "]";
    }
}
