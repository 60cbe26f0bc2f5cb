package dev.lockstep.cache.guard;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.TimedCache;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a cache outside the JVM. When {@value Breaker#FAILURES} of its last
 * {@value Breaker#WINDOW} reads failed, it is left alone: every read misses and every write is
 * skipped, at once, until a probe in the background succeeds. So a dead backend costs a few
 * requests its deadline, and no request has to find out whether it is back. When as many of its
 * last writes failed, writes alone are skipped: a full server, or one that was demoted, still gives
 * what it has, which is judged before it is used. A warning says when that begins, a second message
 * when it is over.
 *
 * <p>Whatever the cache throws becomes a {@link CacheException}. Each operation runs on its
 * caller's thread; the cache keeps its own deadlines.
 *
 * <p>Thread-safe, as {@link Breaker} is.
 */
public final class GuardedCache implements TimedCache, LocalCache, AutoCloseable {

    private final SessionCache cache;
    private final TimedCache timed;
    private final String name;
    private final Breaker reads;
    private final Breaker writes;

    private GuardedCache(SessionCache cache, String name, CacheContext context) {
        this.cache = cache;
        this.timed = TimedCache.of(cache);
        this.name = name;
        this.reads = new Breaker(
                BreakerMessages.reading(name, context.application()),
                () -> CacheProbe.read(cache),
                context.scheduler(),
                open -> context.listener().breaker(name, true, open));
        this.writes = new Breaker(
                BreakerMessages.writing(name, context.application()),
                () -> CacheProbe.write(cache),
                context.scheduler(),
                open -> context.listener().breaker(name, false, open));
    }

    /**
     * Guards a cache.
     *
     * @param name the cache's name, for messages
     */
    public static GuardedCache around(SessionCache cache, String name, CacheContext context) {
        return new GuardedCache(cache, name, context);
    }

    @Override
    public boolean isLocal() {
        return cache instanceof LocalCache local && local.isLocal();
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        return read(digest, cache::get);
    }

    @Override
    public @Nullable TimedCopy getTimed(TokenDigest digest) {
        return read(digest, timed::getTimed);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        if (isWritten()) {
            write(() -> cache.put(copy, timeToLive));
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        if (isWritten()) {
            write(() -> cache.invalidate(digest));
        }
    }

    /** Asked for by a person, so it is always tried. */
    @Override
    public void clear() {
        write(cache::clear);
    }

    @Override
    public void close() {
        reads.close();
        writes.close();
        if (cache instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new CacheException("LOCKSTEP-0303 The cache " + name + " could not be closed.", e);
            }
        }
    }

    private boolean isWritten() {
        return reads.letsThrough() && writes.letsThrough();
    }

    private <T> @Nullable T read(TokenDigest digest, Function<TokenDigest, @Nullable T> operation) {
        if (!reads.letsThrough()) {
            return null;
        }
        try {
            T result = operation.apply(digest);
            reads.succeeded();
            return result;
        } catch (RuntimeException e) {
            reads.failed(e);
            throw failure("read", e);
        }
    }

    private void write(Runnable operation) {
        try {
            operation.run();
            writes.succeeded();
        } catch (RuntimeException e) {
            writes.failed(e);
            throw failure("written", e);
        }
    }

    private CacheException failure(String how, RuntimeException e) {
        return e instanceof CacheException ours
                ? ours
                : new CacheException(
                        "LOCKSTEP-0300 The cache " + name + " could not be " + how + "; the store is asked instead.",
                        e);
    }
}
