package author;

import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;

/** {@code lockstep.cache=map}. */
public final class MapCacheProvider implements SessionCacheProvider {

    @Override
    public String name() {
        return "map";
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    @Override
    public CacheFactory configure(Settings settings) {
        return context -> new MapCache(context.clock());
    }
}
