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

    /** A cache in this JVM. */
    public static SessionCache open(CacheContext context) {
        return new MemoryCache("memory", context);
    }

    /** A cache in this JVM, to stand in front of another. */
    public static SessionCache openNear(CacheContext context) {
        return new MemoryCache("near", context);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        return MemoryCacheProvider::open;
    }
}
