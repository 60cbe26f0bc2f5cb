package dev.lockstep.cache.jvm;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.SessionCopies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Opens a cache, puts, gets and closes it: what a deployment does, to be loaded by a class loader
 * of its own.
 */
public final class RoundTrip implements Callable<Boolean> {

    private final String name;
    private final Map<String, String> settings;

    public RoundTrip(String name, Map<String, String> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Whether what was put was found. */
    @Override
    public Boolean call() throws Exception {
        return CacheNode.use(name, "/redeployed", settings, RoundTrip::findsWhatItPut);
    }

    private static boolean findsWhatItPut(SessionCache cache) {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, Duration.ofHours(1));
        return copy.equals(cache.get(copy.digest()));
    }
}
