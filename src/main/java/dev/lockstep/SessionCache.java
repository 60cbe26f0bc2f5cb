package dev.lockstep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps copies of sessions for a while. Pluggable: {@code lockstep.cache} names the one in use.
 *
 * <p>A cache is a convenience and never trusted: it may lose entries at any time, return an older copy than the last
 * one put, or bring back what was invalidated; none of that makes a logout untrue. It may not return an entry past its
 * time to live, or another digest's.
 *
 * <p>Implementations are safe for use by several threads. A backend that fails throws a {@link CacheException}; the
 * caller then asks the store.
 */
public interface SessionCache {

    /** The copy last put for this digest, or null where there is none, or none any more. */
    @Nullable
    SessionCopy get(TokenDigest digest);

    /**
     * Keeps a copy under its digest, in place of an earlier one.
     *
     * @param timeToLive how long, by a monotonic clock; zero or less keeps nothing and drops what was there
     */
    void put(SessionCopy copy, Duration timeToLive);

    /** Drops the copy of this digest, if any. */
    void invalidate(TokenDigest digest);

    /** Drops all copies of this application. */
    void clear();
}
