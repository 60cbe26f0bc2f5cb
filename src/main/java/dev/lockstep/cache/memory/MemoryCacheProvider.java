package dev.lockstep.cache.memory;

import dev.lockstep.SessionCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.function.Supplier;

/** {@code lockstep.cache=memory}. No settings of its own. */
public final class MemoryCacheProvider implements SessionCacheProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public Supplier<SessionCache> configure(CacheContext context) {
        return () -> new MemoryCache(context.maxEntries(), context.clock(), context.scheduler());
    }
}
