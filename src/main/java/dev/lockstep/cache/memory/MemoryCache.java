package dev.lockstep.cache.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.ExpiringCache;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.TimedCache;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies in this JVM, by Caffeine: bounded by number, each with a time to live of its own by a
 * monotonic clock. An expired copy is never returned, and is freed within a minute whether or not
 * anybody asks for it.
 *
 * <p>Caffeine does not know the times to live: it would keep a timer for each entry, and put it
 * right after reads, which costs more than the reads.
 *
 * <p>Thread-safe; never fails, never blocks, starts no thread.
 */
final class MemoryCache extends ExpiringCache implements TimedCache {

    /** A minute of expired copies is little beside the quarter of an hour that copies live. */
    private static final Duration SWEEP = Duration.ofSeconds(60);

    private final String name;
    private final Cache<TokenDigest, Kept> copies;
    private final SessionInterner parts = new SessionInterner();
    private final NodeClock clock;
    private final NodeListener listener;

    /** @param context its scheduler's thread removes what has expired, now and then */
    MemoryCache(String name, CacheContext context) {
        this.name = name;
        this.clock = context.clock();
        this.listener = context.listener();
        this.copies = copies(context.maxEntries());
        var unused =
                Recurring.of("The sweeping of the cache memory", this::sweep).every(SWEEP, context.scheduler());
    }

    private Cache<TokenDigest, Kept> copies(long maxEntries) {
        Caffeine<Object, Object> bounded =
                Caffeine.newBuilder().maximumSize(maxEntries).executor(Runnable::run);
        return listener == NodeListener.NONE
                ? bounded.build()
                : bounded.<TokenDigest, Kept>evictionListener((digest, kept, cause) -> listener.evicted(name))
                        .build();
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        Kept kept = copies.getIfPresent(digest);
        return kept == null || kept.hasExpired(clock.nanoTime()) ? null : kept.copy();
    }

    @Override
    public @Nullable TimedCopy getTimed(TokenDigest digest) {
        return copies.getIfPresent(digest);
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        copies.put(copy.digest(), new Kept(parts.share(copy), clock.nanoTime() + timeToLive.toNanos()));
    }

    @Override
    public void invalidate(TokenDigest digest) {
        copies.invalidate(digest);
    }

    @Override
    public void clear() {
        copies.invalidateAll();
    }

    /** Removes what has expired. */
    void sweep() {
        long nanos = clock.nanoTime();
        copies.asMap().values().removeIf(kept -> kept.hasExpired(nanos));
        listener.swept(name, size());
    }

    /** How many copies it holds, expired ones that were not swept yet included. */
    int size() {
        return copies.asMap().size();
    }

    private record Kept(SessionCopy copy, long endNanos) implements TimedCopy {

        @Override
        public boolean hasExpired(long nanos, long wallMillis) {
            return hasExpired(nanos);
        }

        boolean hasExpired(long nanos) {
            return nanos - endNanos >= 0;
        }
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
            if (groups.size() >= MAX_VALUES) {
                groups.clear();
            }
            Set<String> first = groups.putIfAbsent(part, part);
            return first == null ? part : first;
        }
    }
}
