package dev.lockstep.it.monitoring;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cache of the application that fails while it is broken. */
@ApplicationScoped
@CacheName("fragile")
public class FragileCache implements SessionCache {

    static volatile boolean broken;

    private final Map<TokenDigest, SessionCopy> copies = new ConcurrentHashMap<>();

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
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

    private static void check() {
        if (broken) {
            throw new IllegalStateException("broken by a test");
        }
    }
}
