package dev.lockstep.session;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets the copies that are kept in this JVM share what many sessions have in common: each is read
 * from the store with objects of its own, of which groups and times take a third of its memory.
 *
 * <p>Thread-safe. Bounded: where there are many different groups, those of long ago are shared no
 * more.
 */
final class SessionInterner {

    /** Far more than applications have combinations of groups; some 100 KB if they differ. */
    private static final int MAX_VALUES = 1_000;

    private final ConcurrentMap<Set<String>, Set<String>> groups = new ConcurrentHashMap<>();
    private final ConcurrentMap<Duration, Duration> timeouts = new ConcurrentHashMap<>();

    /** An equal copy that shares its parts. */
    SessionCopy share(SessionCopy copy) {
        Session session = copy.session();
        Session sharing = new Session(
                session.id(),
                session.principal(),
                common(groups, session.groups()),
                session.attributes(),
                session.createdAt(),
                oneOf(session.createdAt(), session.lastSeenAt()),
                session.expiresAt(),
                common(timeouts, session.idleTimeout()));
        return new SessionCopy(copy.digest(), sharing, copy.epoch(), copy.position());
    }

    private static Instant oneOf(Instant known, Instant other) {
        return known.equals(other) ? known : other;
    }

    private static <T> T common(ConcurrentMap<T, T> known, T part) {
        if (known.size() >= MAX_VALUES) {
            known.clear();
        }
        T first = known.putIfAbsent(part, part);
        return first == null ? part : first;
    }
}
