package dev.lockstep.chaos.node;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.chaos.forge.Forger;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.SharedConnection;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the product, as the worst of all caches: while it is poisoned it brings old copies
 * back, revives what was removed, and gives what other nodes, and this one before its restart, once
 * had; while it forges, it makes up what it has. All of that are bytes, which it gives to the
 * product's seal to open, as a cache outside the JVM does. Otherwise it is what it wraps.
 * Thread-safe.
 */
final class PoisonedCache implements SessionCache, SharedConnection.Source, AutoCloseable {

    private final SessionCache real;
    private final Graveyard graveyard;
    private final CopySeal seal;
    private final Forger forger;

    PoisonedCache(SessionCache real, Graveyard graveyard, CopySeal seal, Forger forger) {
        this.real = real;
        this.graveyard = graveyard;
        this.seal = seal;
        this.forger = forger;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        if (Poison.isForging() && isMostly()) {
            byte[] forged = forger.forged(digest, Overheard.place());
            return forged == null ? null : seal.open(digest, forged);
        }
        if (Poison.isOn() && isMostly()) {
            byte[] old = graveyard.digUp(digest);
            SessionCopy opened = old == null ? null : seal.open(digest, old);
            if (opened != null) {
                return opened;
            }
        }
        return real.get(digest);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        Overheard.in(copy);
        byte[] sealed = seal.seal(copy);
        if (sealed != null) {
            forger.saw(sealed);
            graveyard.bury(copy.digest(), sealed);
        }
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

    /** Nothing that a channel knows, where the cache shares nothing. */
    @Override
    public Object connection() {
        return real instanceof SharedConnection.Source source ? source.connection() : this;
    }

    @Override
    public void close() throws Exception {
        if (real instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static boolean isMostly() {
        return ThreadLocalRandom.current().nextInt(4) > 0;
    }
}
