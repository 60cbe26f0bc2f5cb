package dev.lockstep.session;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.TimedCache;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps everything for ever, whatever it is told. */
class HoardingCache implements TimedCache {

    final Map<TokenDigest, SessionCopy> copies = new ConcurrentHashMap<>();
    volatile boolean missOnce;
    volatile boolean allExpired;

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        if (missOnce) {
            missOnce = false;
            return null;
        }
        return copies.get(digest);
    }

    @Override
    public @Nullable TimedCopy getTimed(TokenDigest digest) {
        SessionCopy copy = get(digest);
        return copy == null ? null : new HoardedCopy(copy, allExpired);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        copies.put(copy.digest(), copy);
    }

    @Override
    public void invalidate(TokenDigest digest) {}

    @Override
    public void clear() {}

    private record HoardedCopy(SessionCopy copy, boolean expired) implements TimedCopy {

        @Override
        public boolean hasExpired(long nanos, long wallMillis) {
            return expired;
        }
    }
}
