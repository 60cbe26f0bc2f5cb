package dev.lockstep.cache.none;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A cache that keeps nothing. Thread-safe. */
final class NoCache implements SessionCache {

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        return null;
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {}

    @Override
    public void invalidate(TokenDigest digest) {}

    @Override
    public void clear() {}
}
