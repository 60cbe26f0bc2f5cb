package dev.lockstep.cdi;

import dev.lockstep.SessionCache;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.config.CacheConfig;
import dev.lockstep.session.Copies;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.SessionCacheProvider.CacheFactory;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The caches of a running deployment. Each is opened once. Thread-safe. */
final class OpenCaches implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OpenCaches.class.getName());

    private final CacheConfig config;
    private final Map<String, CacheFactory> factories;
    private final CacheProviders providers;
    private final Instance<Object> beans;
    private final DeploymentContext context;
    private final Map<String, SessionCache> open = new TreeMap<>();
    private final Map<String, SessionCache> asMade = new TreeMap<>();

    OpenCaches(DeploymentPlan plan, CacheProviders providers, Instance<Object> beans, DeploymentContext context) {
        this.config = plan.config().cache();
        this.factories = plan.factories();
        this.providers = providers;
        this.beans = beans;
        this.context = context;
    }

    /** The one that {@code lockstep.cache} names. */
    SessionCache chosen() {
        return named(config.name());
    }

    /** One by its name, whether or not it is the chosen one. */
    synchronized SessionCache named(String name) {
        return open.computeIfAbsent(name, this::open);
    }

    /** The one that {@code lockstep.cache} names, as its provider made it. */
    synchronized SessionCache chosenAsMade() {
        SessionCache chosen = chosen();
        return asMade.getOrDefault(config.name(), chosen);
    }

    /** What the read path uses: a cache in this JVM is the near cache itself. */
    Copies copies() {
        SessionCache chosen = chosen();
        boolean inProcess = factories.containsKey(config.name()) && providers.isInProcess(config.name());
        return inProcess
                ? new Copies(chosen, null, config.timeToLive())
                : new Copies(near(), chosen, config.timeToLive());
    }

    @Override
    public synchronized void close() {
        open.values().forEach(OpenCaches::close);
        open.clear();
    }

    private @Nullable SessionCache near() {
        CacheContext nearContext = context.withMaxEntries(config.nearMaxEntries());
        return config.near() ? MemoryCacheProvider.open(nearContext) : null;
    }

    /** A cache of ours outside the JVM is guarded against its backend; a bean of the application guards itself. */
    private SessionCache open(String name) {
        return Optional.ofNullable(factories.get(name))
                .map(factory -> guarded(name, factory.open(context)))
                .orElseGet(() -> beans.select(SessionCache.class, new CacheNameLiteral(name))
                        .get());
    }

    private SessionCache guarded(String name, SessionCache cache) {
        asMade.put(name, cache);
        return providers.isInProcess(name) ? cache : GuardedCache.around(cache, name, context);
    }

    private static void close(SessionCache cache) {
        if (cache instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "LOCKSTEP-0505 A cache could not be closed; it may leave a connection open.", e);
            }
        }
    }
}
