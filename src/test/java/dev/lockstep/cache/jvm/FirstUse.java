package dev.lockstep.cache.jvm;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.contract.SessionCopies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Opens a cache, uses it and closes it, whether or not its backend is there; to be loaded by a
 * class loader of its own. That a class of a library is absent comes out as the error that it is.
 */
public final class FirstUse implements Callable<Boolean> {

    private final String name;
    private final Map<String, String> settings;

    public FirstUse(String name, Map<String, String> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Whether the cache answered, or said that its backend did not. */
    @Override
    public Boolean call() throws Exception {
        return CacheNode.use(name, "/absent", settings, FirstUse::answers);
    }

    private static boolean answers(SessionCache cache) {
        try {
            cache.put(SessionCopies.fresh(), Duration.ofHours(1));
            var unused = cache.get(SessionCopies.fresh().digest());
            return true;
        } catch (CacheException e) {
            return true;
        }
    }
}
