package dev.lockstep.cache.sharedmemory;

import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/**
 * {@code lockstep.cache=shared-memory}: memory that the JVMs of one machine share. Its settings are
 * those of {@code docs/howto/shared-memory.md}.
 */
public final class SharedMemoryCacheProvider implements SessionCacheProvider {

    private static final Driver LMDB = new Driver("org.lmdbjava.Env", "org.lmdbjava:lmdbjava:0.9.1");

    @Override
    public String name() {
        return "shared-memory";
    }

    @Override
    public List<Setting<?>> settings() {
        return SharedMemorySettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return List.of(LMDB, CopySeal.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        SharedMemorySettings read = SharedMemorySettings.read(settings);
        return context -> SharedMemoryCache.open(read, context);
    }
}
