package dev.lockstep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps copies of sessions for a limited time. It is pluggable: {@code lockstep.cache} names the
 * one in use.
 *
 * <p>A cache makes requests faster and is never trusted. It may lose entries at any time, return an
 * older copy than the last one put, or bring back what was invalidated; none of that undoes a
 * logout. It must not return an entry after its time to live, or the entry of another digest.
 *
 * <p>Nor may it make a login: what it returns is believed as to whose session it is. So a cache
 * that keeps copies outside the JVM keeps the bytes of a {@link dev.lockstep.spi.CopySeal}, which
 * nobody can make who has not the application's key, whoever can write to the backend.
 *
 * <p>Implementations are safe for use by several threads. A backend that fails throws a
 * {@link CacheException}; the caller then asks the store.
 */
public interface SessionCache {

    /** The copy that was last put for this digest, or null if there is none or it has expired. */
    @Nullable
    SessionCopy get(TokenDigest digest);

    /**
     * Stores a copy under its digest, replacing any earlier one.
     *
     * @param timeToLive how long to keep it, by a monotonic clock; with zero or less nothing is
     *     stored, and an earlier copy is dropped
     */
    void put(SessionCopy copy, Duration timeToLive);

    /** Drops the copy of this digest, if any. */
    void invalidate(TokenDigest digest);

    /** Drops all copies of this application. */
    void clear();
}
