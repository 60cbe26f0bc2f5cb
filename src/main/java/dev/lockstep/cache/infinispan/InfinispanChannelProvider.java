package dev.lockstep.cache.infinispan;

import dev.lockstep.spi.Driver;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/**
 * {@code lockstep.channel=infinispan}: the settings of the cache of that name, and its cluster if
 * that is the cache.
 */
public final class InfinispanChannelProvider implements RevocationChannelProvider {

    @Override
    public String name() {
        return InfinispanCacheProvider.NAME;
    }

    @Override
    public List<Setting<?>> settings() {
        return InfinispanSettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return InfinispanCacheProvider.LIBRARIES;
    }

    @Override
    public ChannelFactory configure(Settings settings) {
        InfinispanSettings read = InfinispanSettings.read(settings);
        return (context, shared) -> InfinispanChannel.open(read, context, shared);
    }
}
