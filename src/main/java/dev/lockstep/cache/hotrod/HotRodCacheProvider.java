package dev.lockstep.cache.hotrod;

import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/** {@code lockstep.cache=hotrod}. Its settings are those of {@code docs/howto/hotrod.md}. */
public final class HotRodCacheProvider implements SessionCacheProvider {

    @Override
    public String name() {
        return "hotrod";
    }

    @Override
    public List<Setting<?>> settings() {
        return HotRodSettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return List.of(
                new Driver(
                        "org.infinispan.client.hotrod.RemoteCacheManager",
                        "org.infinispan:infinispan-client-hotrod:15.2.6.Final"),
                CopySeal.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        HotRodSettings read = HotRodSettings.read(settings);
        return context -> HotRodCache.open(read, context);
    }
}
