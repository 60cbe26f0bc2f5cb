package dev.lockstep.cache.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Copies in this JVM, by Caffeine: bounded by number, each with a time to live of its own by a monotonic clock. An
 * expired copy is never returned, and is freed whether or not anybody asks for it.
 *
 * <p>Thread-safe; never fails, never blocks, starts no thread.
 */
final class MemoryCache implements SessionCache {

    private final Cache<TokenDigest, SessionCopy> copies;
    private final VarExpiration<TokenDigest, SessionCopy> expiration;

    MemoryCache(long maxEntries, NodeClock clock, ScheduledExecutorService scheduler) {
        copies = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfter(Expiry.<TokenDigest, SessionCopy>writing((digest, copy) -> Duration.ZERO))
                .ticker(clock::nanoTime)
                .scheduler(Scheduler.forScheduledExecutorService(scheduler))
                .executor(Runnable::run)
                .build();
        expiration = copies.policy().expireVariably().orElseThrow();
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        return copies.getIfPresent(digest);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            invalidate(copy.digest());
        } else {
            var unused = expiration.put(copy.digest(), copy, timeToLive);
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        copies.invalidate(digest);
    }

    @Override
    public void clear() {
        copies.invalidateAll();
    }
}
