package dev.lockstep.cache.redis;

import dev.lockstep.spi.Driver;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/** {@code lockstep.channel=redis}: the settings of the cache of that name. */
public final class RedisChannelProvider implements RevocationChannelProvider {

    @Override
    public String name() {
        return RedisCacheProvider.NAME;
    }

    @Override
    public List<Setting<?>> settings() {
        return RedisSettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return List.of(RedisCacheProvider.LETTUCE);
    }

    @Override
    public boolean pokes() {
        return true;
    }

    @Override
    public ChannelFactory configure(Settings settings) {
        RedisSettings read = RedisSettings.read(settings);
        return (context, shared) -> RedisChannel.open(read, context);
    }
}
