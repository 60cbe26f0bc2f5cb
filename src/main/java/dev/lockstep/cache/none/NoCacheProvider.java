package dev.lockstep.cache.none;

import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;

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
    public CacheFactory configure(Settings settings) {
        return context -> new NoCache();
    }
}
