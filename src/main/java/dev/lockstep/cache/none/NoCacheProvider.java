package dev.lockstep.cache.none;

import dev.lockstep.SessionCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.function.Supplier;

/** {@code lockstep.cache=none}. No settings of its own. */
public final class NoCacheProvider implements SessionCacheProvider {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public Supplier<SessionCache> configure(CacheContext context) {
        return NoCache::new;
    }
}
