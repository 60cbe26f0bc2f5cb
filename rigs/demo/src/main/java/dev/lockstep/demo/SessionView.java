package dev.lockstep.demo;

import dev.lockstep.Session;
import java.time.Instant;

/**
 * A session as its owner and an administrator see it. It holds no token: sessions are ended by
 * their identifier.
 */
public record SessionView(String sessionId, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {

    static SessionView of(Session session) {
        return new SessionView(session.id(), session.createdAt(), session.lastSeenAt(), session.expiresAt());
    }
}
