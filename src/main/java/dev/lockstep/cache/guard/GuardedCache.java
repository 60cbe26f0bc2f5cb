package dev.lockstep.cache.guard;

import dev.failsafe.CircuitBreaker;
import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.TimedCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a cache outside the JVM. When {@value #FAILURES} of its last {@value #OF} operations failed, it is
 * left alone: every read misses and every write is skipped, at once, until a probe in the background succeeds. So a dead
 * backend costs a few requests its deadline, and no request has to find out whether it is back. A warning says when that
 * begins, a second message when it is over.
 *
 * <p>Whatever the cache throws becomes a {@link CacheException}. Each operation runs on its caller's thread; the cache
 * keeps its own deadlines.
 *
 * <p>Thread-safe. Successes are counted only while a failure is remembered: without one there is nothing to weigh them
 * against, and no lock to take. Reading that number without the breaker's lock may let a success more or less be counted.
 */
public final class GuardedCache implements TimedCache, AutoCloseable {

    /** So many failures … */
    static final int FAILURES = 5;

    /** … among so many operations. */
    static final int OF = 10;

    /** How long after a failure the next probe is made. */
    static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(GuardedCache.class.getName());

    private final SessionCache cache;
    private final TimedCache timed;
    private final String name;
    private final ScheduledExecutorService scheduler;
    private final CircuitBreaker<Object> breaker;
    private volatile boolean closed;

    private GuardedCache(SessionCache cache, String name, ScheduledExecutorService scheduler) {
        this.cache = cache;
        this.timed = TimedCache.of(cache);
        this.name = name;
        this.scheduler = scheduler;
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILURES, OF)
                .onClose(event -> LOG.log(Level.INFO, "LOCKSTEP-0302 The cache {0} answers again.", name))
                .build();
    }

    /**
     * Guards a cache.
     *
     * @param name the cache's name, for messages
     */
    public static GuardedCache around(SessionCache cache, String name, CacheContext context) {
        return new GuardedCache(cache, name, context.scheduler());
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
        if (breaker.isClosed()) {
            write(() -> cache.put(copy, timeToLive));
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        if (breaker.isClosed()) {
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
        closed = true;
        if (cache instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new CacheException("LOCKSTEP-0303 The cache " + name + " could not be closed.", e);
            }
        }
    }

    private <T> @Nullable T read(TokenDigest digest, Function<TokenDigest, @Nullable T> operation) {
        if (!breaker.isClosed()) {
            return null;
        }
        try {
            T result = operation.apply(digest);
            succeeded();
            return result;
        } catch (RuntimeException e) {
            throw failed("read", e);
        }
    }

    private void write(Runnable operation) {
        try {
            operation.run();
            succeeded();
        } catch (RuntimeException e) {
            throw failed("written", e);
        }
    }

    private void succeeded() {
        if (breaker.getFailureCount() > 0) {
            breaker.recordSuccess();
        }
    }

    private CacheException failed(String how, RuntimeException e) {
        synchronized (breaker) { // so that one thread sees it open
            boolean wasClosed = breaker.isClosed();
            breaker.recordFailure();
            if (wasClosed && breaker.isOpen()) {
                opened(e);
            }
        }
        return e instanceof CacheException ours
                ? ours
                : new CacheException(
                        "LOCKSTEP-0300 The cache " + name + " could not be " + how + "; the store is asked instead.",
                        e);
    }

    private void opened(RuntimeException e) {
        LOG.log(
                Level.WARNING,
                () -> "LOCKSTEP-0301 The cache " + name
                        + " fails, and is left alone until it answers a probe, made every"
                        + " second. Until then the store answers. Look after the cache; the last failure: " + e);
        probeLater();
    }

    private void probeLater() {
        try {
            var unused = scheduler.schedule(this::probe, BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            closed = true; // the application is stopping
        }
    }

    private void probe() {
        if (closed) {
            return;
        }
        if (answers()) {
            breaker.close();
        } else {
            probeLater();
        }
    }

    /** Reading alone would not tell: a full or demoted backend reads well and refuses every write. */
    private boolean answers() {
        SessionCopy copy = Probe.newCopy();
        try {
            cache.put(copy, Probe.TIME_TO_LIVE);
            cache.get(copy.digest());
            cache.invalidate(copy.digest());
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "The cache " + name + " does not answer yet.", e);
            return false;
        }
    }
}
