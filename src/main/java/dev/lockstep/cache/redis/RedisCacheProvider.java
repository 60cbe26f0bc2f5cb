package dev.lockstep.cache.redis;

import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/** {@code lockstep.cache=redis}. Its settings are those of {@code docs/howto/redis.md}. */
public final class RedisCacheProvider implements SessionCacheProvider {

    static final String NAME = "redis";
    static final Driver LETTUCE = new Driver("io.lettuce.core.RedisClient", "io.lettuce:lettuce-core:7.7.0.RELEASE");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting<?>> settings() {
        return RedisSettings.SETTINGS;
    }

    @Override
    public List<Driver> drivers() {
        return List.of(LETTUCE, CopySeal.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        RedisSettings read = RedisSettings.read(settings);
        return context -> RedisCache.open(read, context);
    }
}
