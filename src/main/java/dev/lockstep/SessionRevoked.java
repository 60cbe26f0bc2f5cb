package dev.lockstep;

import java.time.Duration;
import java.time.Instant;

/**
 * CDI event: a session was revoked. Fired once on every node that is up, when it learns of it: the place to close a
 * WebSocket, say. Fired again where a session that is long gone is revoked once more by its identifier. A node that was paused or cut off tells, when it is back, what was revoked in the meantime, with the lag
 * that this has by then; where the store no longer holds that, it fires {@link RevocationsMissed} instead. Fired outside of
 * any request; what an observer throws is logged and changes nothing.
 *
 * @param sessionId the session's identifier
 * @param principal its principal; empty where the store did not know the session any more
 * @param revokedAt when it was revoked, by the store's clock
 * @param lag how long this node took to learn of it; zero on the node that revoked it
 */
public record SessionRevoked(String sessionId, String principal, Instant revokedAt, Duration lag) {}
