package dev.lockstep.cache.infinispan;

import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/**
 * {@code lockstep.cache=infinispan}. Its settings are those of {@code docs/howto/infinispan.md}.
 */
public final class InfinispanCacheProvider implements SessionCacheProvider {

    static final String NAME = "infinispan";

    static final List<Driver> LIBRARIES = List.of(
            new Driver("org.infinispan.manager.DefaultCacheManager", "org.infinispan:infinispan-core:15.2.6.Final"),
            new Driver("org.jgroups.JChannel", "org.jgroups:jgroups:5.4.5.Final"),
            CopySeal.LIBRARY);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting<?>> settings() {
        return InfinispanSettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return LIBRARIES;
    }

    @Override
    public CacheFactory configure(Settings settings) {
        InfinispanSettings read = InfinispanSettings.read(settings);
        return context -> InfinispanCache.open(read, context);
    }
}
