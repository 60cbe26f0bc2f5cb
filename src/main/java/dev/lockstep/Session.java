package dev.lockstep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated session as the store vouched for it. Immutable; all instants are readings of the
 * store's clock, in whole milliseconds.
 *
 * <p>A session ends at the earlier of its two lifetimes (OWASP ASVS 5, V7.3): {@link #expiresAt}
 * bounds it absolutely, and {@link #idleTimeout} after its last recorded use. Uses are recorded at
 * most once per tenth of the idle timeout, so a session may end that much earlier than its last use
 * suggests, but never later.
 *
 * <p>Nodes keep very many, so it holds numbers instead of objects: times as milliseconds, and an
 * identifier that Lockstep made as its 128 bits. What {@link #id} and the times return is made when
 * they are asked.
 */
public final class Session {

    private final @Nullable String otherId;
    private final long idHigh;
    private final long idLow;
    private final String principal;
    private final Set<String> groups;
    private final Map<String, String> attributes;
    private final long createdAt;
    private final long lastSeenAt;
    private final long expiresAt;
    private final long idleTimeout;

    /**
     * Drops what is less than a millisecond.
     *
     * @param id names the session to people and in logs; it is not a secret and opens nothing
     * @param principal whom the session authenticates
     * @param groups the principal's groups when the session was opened
     * @param attributes what the application attached when it opened the session
     * @param createdAt when the session was opened
     * @param lastSeenAt its last recorded use
     * @param expiresAt the end of its absolute lifetime
     * @param idleTimeout how long it lives without use; positive
     * @throws ArithmeticException if a time does not fit into a {@code long} of milliseconds
     */
    public Session(
            String id,
            String principal,
            Set<String> groups,
            Map<String, String> attributes,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt,
            Duration idleTimeout) {
        this(
                id,
                principal,
                groups,
                attributes,
                createdAt.toEpochMilli(),
                lastSeenAt.toEpochMilli(),
                expiresAt.toEpochMilli(),
                idleTimeout.toMillis());
    }

    private Session(
            String id,
            String principal,
            Set<String> groups,
            Map<String, String> attributes,
            long createdAt,
            long lastSeenAt,
            long expiresAt,
            long idleTimeout) {
        boolean made = MadeId.isMade(id);
        this.otherId = made ? null : id;
        this.idHigh = made ? MadeId.high(id) : 0;
        this.idLow = made ? MadeId.low(id) : 0;
        this.principal = Objects.requireNonNull(principal, "principal");
        this.groups = FloodResistant.copyOf(groups);
        this.attributes = FloodResistant.copyOf(attributes);
        this.createdAt = createdAt;
        this.lastSeenAt = lastSeenAt;
        this.expiresAt = expiresAt;
        this.idleTimeout = idleTimeout;
    }

    /**
     * For stores and caches, which have times as numbers: the same as the constructor, without
     * objects for them.
     *
     * @param createdAt milliseconds since the epoch, as are {@code lastSeenAt} and
     *     {@code expiresAt}
     * @param idleTimeout in milliseconds; positive
     */
    public static Session ofMillis(
            String id,
            String principal,
            Set<String> groups,
            Map<String, String> attributes,
            long createdAt,
            long lastSeenAt,
            long expiresAt,
            long idleTimeout) {
        return new Session(id, principal, groups, attributes, createdAt, lastSeenAt, expiresAt, idleTimeout);
    }

    /** Names the session to people and in logs; it is not a secret and opens nothing. */
    public String id() {
        return otherId == null ? MadeId.text(idHigh, idLow) : otherId;
    }

    /** Whom the session authenticates. */
    public String principal() {
        return principal;
    }

    /** The principal's groups when the session was opened; unmodifiable. */
    public Set<String> groups() {
        return groups;
    }

    /** What the application attached when it opened the session; unmodifiable. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** When the session was opened. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /** Its last recorded use. */
    public Instant lastSeenAt() {
        return Instant.ofEpochMilli(lastSeenAt);
    }

    /** The end of its absolute lifetime. */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAt);
    }

    /** How long it lives without use. */
    public Duration idleTimeout() {
        return Duration.ofMillis(idleTimeout);
    }

    /**
     * When this session ends if it is not used again, by its idle timeout or its absolute timeout,
     * whichever comes first.
     */
    public Instant validUntil() {
        return Instant.ofEpochMilli(validUntilMillis());
    }

    /** {@link #createdAt} in milliseconds since the epoch. */
    public long createdAtMillis() {
        return createdAt;
    }

    /** {@link #lastSeenAt} in milliseconds since the epoch. */
    public long lastSeenAtMillis() {
        return lastSeenAt;
    }

    /** {@link #expiresAt} in milliseconds since the epoch. */
    public long expiresAtMillis() {
        return expiresAt;
    }

    /** {@link #idleTimeout} in milliseconds. */
    public long idleTimeoutMillis() {
        return idleTimeout;
    }

    /** {@link #validUntil} in milliseconds since the epoch. */
    public long validUntilMillis() {
        return Math.min(lastSeenAt + idleTimeout, expiresAt);
    }

    /** Whether the other is a session that is equal in all that this one tells. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Session that
                && idHigh == that.idHigh
                && idLow == that.idLow
                && Objects.equals(otherId, that.otherId)
                && createdAt == that.createdAt
                && lastSeenAt == that.lastSeenAt
                && expiresAt == that.expiresAt
                && idleTimeout == that.idleTimeout
                && principal.equals(that.principal)
                && groups.equals(that.groups)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(otherId, idHigh, idLow, principal, createdAt, lastSeenAt, expiresAt, idleTimeout);
    }

    /**
     * For logs: on one line whatever the texts hold, and with the names of the attributes alone,
     * whose values may be nobody's business there.
     */
    @Override
    public String toString() {
        return "Session[id=" + Escaped.value(id())
                + ", principal=" + Escaped.value(principal)
                + ", groups=" + escaped(groups)
                + ", attributes=" + escaped(attributes.keySet())
                + ", createdAt=" + createdAt()
                + ", lastSeenAt=" + lastSeenAt()
                + ", expiresAt=" + expiresAt()
                + ", idleTimeout=" + idleTimeout() + "]";
    }

    private static List<String> escaped(Set<String> texts) {
        return texts.stream().sorted().map(Escaped::value).toList();
    }

    /**
     * The form of the identifiers that Lockstep makes: 128 bits in base64url without padding (RFC
     * 4648, section 5), 22 characters. Each such text has bits of its own and is got back from them
     * exactly; a text of any other form, as an application's own store may give, is none of these.
     */
    static final class MadeId {

        private static final int LENGTH = 22;

        /** The last character stands for two bits; the four below them are zero. */
        private static final int UNUSED_BITS = 0b1111;

        private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        private static final byte[] SEXTETS = sextets();

        private MadeId() {}

        /** Whether a text has this form, so that it is the same as its bits. */
        static boolean isMade(String id) {
            if (id.length() != LENGTH) {
                return false;
            }
            int all = 0;
            for (int i = 0; i < LENGTH; i++) {
                all |= sextet(id, i);
            }
            return all >= 0 && (sextet(id, LENGTH - 1) & UNUSED_BITS) == 0;
        }

        /** The first 64 bits: ten characters and four bits of the eleventh. */
        static long high(String id) {
            return bits(id, 0, 10) << 4 | sextet(id, 10) >> 2;
        }

        /** The last 64 bits: two of the eleventh character, ten characters, two of the last. */
        static long low(String id) {
            return (long) sextet(id, 10) << 62 | bits(id, 11, 21) << 2 | sextet(id, 21) >> 4;
        }

        /** The text of these bits. */
        static String text(long high, long low) {
            byte[] text = new byte[LENGTH];
            for (int i = 0; i < 10; i++) {
                text[i] = character(high >>> (58 - 6 * i));
                text[i + 11] = character(low >>> (56 - 6 * i));
            }
            text[10] = character(high << 2 | low >>> 62);
            text[21] = character(low << 4);
            return new String(text, StandardCharsets.ISO_8859_1);
        }

        private static long bits(String id, int from, int to) {
            long bits = 0;
            for (int i = from; i < to; i++) {
                bits = bits << 6 | sextet(id, i);
            }
            return bits;
        }

        /** What a character stands for; negative if it is not of the alphabet. */
        private static int sextet(String id, int index) {
            char character = id.charAt(index);
            return character < SEXTETS.length ? SEXTETS[character] : -1;
        }

        private static byte character(long sextet) {
            return (byte) ALPHABET.charAt((int) sextet & 0b111111);
        }

        private static byte[] sextets() {
            byte[] sextets = new byte[128];
            Arrays.fill(sextets, (byte) -1);
            for (int i = 0; i < ALPHABET.length(); i++) {
                sextets[ALPHABET.charAt(i)] = (byte) i;
            }
            return sextets;
        }
    }
}
