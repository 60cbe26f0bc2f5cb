package dev.lockstep;

import java.time.Duration;
import java.time.Instant;

/**
 * CDI event: a session was revoked. Fired once on every node that is up, when it learns of it: the place to close a
 * WebSocket, say. It is fired outside of any request; what an observer throws is logged and changes nothing.
 *
 * @param sessionId the session's identifier
 * @param principal its principal
 * @param revokedAt when it was revoked, by the store's clock
 * @param lag how long this node took to learn of it; zero on the node that revoked it
 */
public record SessionRevoked(String sessionId, String principal, Instant revokedAt, Duration lag) {}
