package dev.lockstep.it;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of the application that fails while it is broken. */
@ApplicationScoped
@CacheName("breakable")
public class BreakableCache implements SessionCache {

    private static volatile boolean broken;

    private final Map<TokenDigest, SessionCopy> copies = new ConcurrentHashMap<>();

    /** Static, for a servlet that can't inject this, as it has a name. */
    public static void setBroken(boolean isBroken) {
        broken = isBroken;
    }

    @Override
    public SessionCopy get(TokenDigest digest) {
        check();
        return copies.get(digest);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        check();
        copies.put(copy.digest(), copy);
    }

    @Override
    public void invalidate(TokenDigest digest) {
        check();
        copies.remove(digest);
    }

    @Override
    public void clear() {
        copies.clear();
    }

    private void check() {
        if (broken) {
            throw new IllegalStateException("broken by a test");
        }
    }
}
