package dev.lockstep.contract;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One map, one lock; time stands still. */
public final class NaiveCache implements SessionCache {

    private final Map<TokenDigest, SessionCopy> copies = new HashMap<>();

    @Override
    public synchronized SessionCopy get(TokenDigest digest) {
        return copies.get(digest);
    }

    @Override
    public synchronized void put(SessionCopy copy, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            copies.remove(copy.digest());
        } else {
            copies.put(copy.digest(), copy);
        }
    }

    @Override
    public synchronized void invalidate(TokenDigest digest) {
        copies.remove(digest);
    }

    @Override
    public synchronized void clear() {
        copies.clear();
    }
}
