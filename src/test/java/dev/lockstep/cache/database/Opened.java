package dev.lockstep.cache.database;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The caches of a test; all are closed together. */
final class Opened implements AutoCloseable {

    static final String APPLICATION = "/shop";

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<DatabaseCache> caches = new CopyOnWriteArrayList<>();

    DatabaseCache cache(Map<String, String> settings, Duration timeout) {
        return cache(settings, context().withTimeout(timeout));
    }

    DatabaseCache cache(Map<String, String> settings, ContractContext context) {
        DatabaseCache cache = (DatabaseCache)
                new DatabaseCacheProvider().configure(new MapSettings(settings)).open(context);
        caches.add(cache);
        return cache;
    }

    ContractContext context() {
        return ContractContext.of(APPLICATION, scheduler, NodeClock.SYSTEM);
    }

    @Override
    public void close() {
        caches.forEach(DatabaseCache::close);
        scheduler.shutdownNow();
    }
}
