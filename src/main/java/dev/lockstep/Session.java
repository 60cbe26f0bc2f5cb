package dev.lockstep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An authenticated session as the store vouched for it. Immutable; all instants are readings of the
 * store's clock, in whole milliseconds.
 *
 * <p>A session ends at the earlier of its two lifetimes (OWASP ASVS 5, V7.3): {@link #expiresAt}
 * bounds it absolutely, and {@link #idleTimeout} after its last recorded use. Uses are recorded at
 * most once per tenth of the idle timeout, so a session may end that much earlier than its last use
 * suggests, but never later.
 *
 * @param id names the session to people and in logs; it is not a secret and opens nothing
 * @param principal whom the session authenticates
 * @param groups the principal's groups when the session was opened; unmodifiable
 * @param attributes what the application attached when it opened the session; unmodifiable
 * @param createdAt when the session was opened
 * @param lastSeenAt its last recorded use
 * @param expiresAt the end of its absolute lifetime
 * @param idleTimeout how long it lives without use; positive
 */
public record Session(
        String id,
        String principal,
        Set<String> groups,
        Map<String, String> attributes,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        Duration idleTimeout) {

    public Session {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(principal, "principal");
        groups = Set.copyOf(groups);
        attributes = Map.copyOf(attributes);
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(lastSeenAt, "lastSeenAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
    }

    /**
     * When this session ends if it is not used again, by its idle timeout or its absolute timeout,
     * whichever comes first.
     */
    public Instant validUntil() {
        return Instant.ofEpochMilli(validUntilMillis());
    }

    /**
     * For logs: on one line whatever the texts hold, and with the names of the attributes alone,
     * whose values may be nobody's business there.
     */
    @Override
    public String toString() {
        return "Session[id=" + Escaped.value(id)
                + ", principal=" + Escaped.value(principal)
                + ", groups=" + escaped(groups)
                + ", attributes=" + escaped(attributes.keySet())
                + ", createdAt=" + createdAt
                + ", lastSeenAt=" + lastSeenAt
                + ", expiresAt=" + expiresAt
                + ", idleTimeout=" + idleTimeout + "]";
    }

    private static List<String> escaped(Set<String> texts) {
        return texts.stream().sorted().map(Escaped::value).toList();
    }

    /** {@link #validUntil} in milliseconds since the epoch, without allocating. */
    public long validUntilMillis() {
        return Math.min(lastSeenAt.toEpochMilli() + idleTimeout.toMillis(), expiresAt.toEpochMilli());
    }
}
