package dev.lockstep.contract;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One map, one lock; time stands still. Beans of tests extend it. */
public class NaiveCache implements SessionCache {

    private final Map<TokenDigest, SessionCopy> copies = new HashMap<>();

    public synchronized int size() {
        return copies.size();
    }

    @Override
    public synchronized @Nullable SessionCopy get(TokenDigest digest) {
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
