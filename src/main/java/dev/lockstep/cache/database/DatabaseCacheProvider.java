package dev.lockstep.cache.database;

import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;

/**
 * {@code lockstep.cache=database}: a table in SQLite or PostgreSQL. Its settings are those of
 * {@code docs/howto/database-cache.md}.
 */
public final class DatabaseCacheProvider implements SessionCacheProvider {

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Setting<?>> settings() {
        return DatabaseSettings.SETTINGS;
    }

    /** The library of the wire format; which driver is needed is known only from the URL. */
    @Override
    public List<Driver> drivers() {
        return List.of(CopySeal.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        DatabaseSettings read = DatabaseSettings.read(settings);
        return context -> DatabaseCache.open(read, context);
    }
}
