package dev.lockstep.cache.memory;

import dev.lockstep.SessionCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;

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

    /** A cache in this JVM, also to stand in front of another. */
    public static SessionCache open(CacheContext context) {
        return new MemoryCache(context.maxEntries(), context.clock(), context.scheduler());
    }

    @Override
    public CacheFactory configure(Settings settings) {
        return MemoryCacheProvider::open;
    }
}
