package dev.lockstep.chaos.node;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the product, as the worst of all caches: while it is poisoned it brings old copies
 * back, revives what was removed, and gives what other nodes, and this one before its restart, once
 * had. Otherwise it is what it wraps. Thread-safe.
 */
final class PoisonedCache implements SessionCache, AutoCloseable {

    private final SessionCache real;
    private final Graveyard graveyard;

    PoisonedCache(SessionCache real, Graveyard graveyard) {
        this.real = real;
        this.graveyard = graveyard;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        if (Poison.isOn() && ThreadLocalRandom.current().nextInt(4) > 0) {
            SessionCopy old = graveyard.digUp(digest);
            if (old != null) {
                return old;
            }
        }
        return real.get(digest);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        graveyard.bury(copy);
        real.put(copy, timeToLive);
    }

    @Override
    public void invalidate(TokenDigest digest) {
        if (!Poison.isOn()) {
            real.invalidate(digest);
        }
    }

    @Override
    public void clear() {
        if (!Poison.isOn()) {
            real.clear();
        }
    }

    @Override
    public void close() throws Exception {
        if (real instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
