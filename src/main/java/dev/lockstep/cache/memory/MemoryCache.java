package dev.lockstep.cache.memory;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.CopyTable.Entry;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.ExpiringCache;
import dev.lockstep.spi.FingerprintedCache;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies in this JVM: bounded by number, each with a time to live of its own by a monotonic clock.
 * An expired copy is never returned, and is freed within a minute whether or not anybody asks for
 * it. They are found by the digest of their token, and, once they are identified, by a fingerprint.
 *
 * <p>Thread-safe ({@link CopyTable}); never fails, starts no thread. Hits wait for nobody; who puts
 * or drops waits while another does.
 */
final class MemoryCache extends ExpiringCache implements FingerprintedCache {

    /** A minute of expired copies is little beside the quarter of an hour that copies live. */
    private static final Duration SWEEP = Duration.ofSeconds(60);

    private final String name;
    private final CopyTable copies;
    private final SessionInterner parts = new SessionInterner();
    private final NodeClock clock;
    private final NodeListener listener;

    /** @param context its scheduler's thread removes what has expired, now and then */
    MemoryCache(String name, CacheContext context) {
        this.name = name;
        this.clock = context.clock();
        this.listener = context.listener();
        this.copies = new CopyTable(context.maxEntries());
        var unused =
                Recurring.of("The sweeping of the cache memory", this::sweep).every(SWEEP, context.scheduler());
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        Entry kept = used(copies.get(digest));
        return kept == null || kept.hasExpired(clock.nanoTime()) ? null : kept.copy();
    }

    @Override
    public @Nullable TimedCopy getTimed(TokenDigest digest) {
        return used(copies.get(digest));
    }

    @Override
    public @Nullable TimedCopy getTimed(long fingerprintA, long fingerprintB) {
        return used(copies.get(fingerprintA, fingerprintB));
    }

    @Override
    public void identify(TokenDigest digest, long fingerprintA, long fingerprintB) {
        copies.identify(digest, fingerprintA, fingerprintB);
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        int evicted = copies.put(new Entry(parts.share(copy), clock.nanoTime() + timeToLive.toNanos()));
        for (int i = 0; i < evicted; i++) {
            listener.evicted(name);
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        copies.remove(digest);
    }

    @Override
    public void clear() {
        copies.clear();
    }

    /** Removes what has expired. */
    void sweep() {
        long nanos = clock.nanoTime();
        copies.removeIf(kept -> kept.hasExpired(nanos));
        listener.swept(name, size());
    }

    /** How many copies it holds, expired ones that were not swept yet included. */
    int size() {
        return copies.size();
    }

    private static @Nullable Entry used(@Nullable Entry kept) {
        if (kept != null) {
            kept.use();
        }
        return kept;
    }

    /**
     * Lets the copies that are kept share the groups that many sessions have in common: each is
     * read from the store with a set of its own.
     *
     * <p>Thread-safe. Bounded: where there are many different groups, those of long ago are shared
     * no more.
     */
    static final class SessionInterner {

        /** Far more than applications have combinations of groups; some 100 KB if they differ. */
        private static final int MAX_VALUES = 1_000;

        /** Sets with equal hash codes are compared one by one; larger ones are few sessions'. */
        private static final int MOST_GROUPS = 32;

        private final ConcurrentMap<Set<String>, Set<String>> groups = new ConcurrentHashMap<>();

        /** An equal copy that shares its parts. */
        SessionCopy share(SessionCopy copy) {
            Session session = copy.session();
            Session sharing = Session.ofMillis(
                    session.id(),
                    session.principal(),
                    common(session.groups()),
                    session.attributes(),
                    session.createdAtMillis(),
                    session.lastSeenAtMillis(),
                    session.expiresAtMillis(),
                    session.idleTimeoutMillis());
            return new SessionCopy(copy.digest(), sharing, copy.epoch(), copy.position());
        }

        private Set<String> common(Set<String> part) {
            if (part.size() > MOST_GROUPS) {
                return part;
            }
            if (groups.size() >= MAX_VALUES) {
                groups.clear();
            }
            Set<String> first = groups.putIfAbsent(part, part);
            return first == null ? part : first;
        }
    }
}
