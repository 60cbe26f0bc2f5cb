package dev.lockstep.cdi;

import dev.lockstep.SessionCache;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.cache.seal.SealedCopies;
import dev.lockstep.config.CacheConfig;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.SessionCacheProvider.CacheFactory;
import dev.lockstep.spi.SharedConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caches of a running deployment. Each is opened once. Thread-safe. */
final class OpenCaches implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OpenCaches.class.getName());

    private final CacheConfig config;
    private final Map<String, CacheFactory> factories;
    private final CacheProviders providers;
    private final Function<String, SessionCache> ownCaches;
    private final DeploymentContext context;
    private final Map<String, SessionCache> open = new TreeMap<>();
    private final Map<String, SharedConnection> shared = new TreeMap<>();
    private final ThreadFactory threads;
    private final @Nullable SessionCache near;
    private volatile @Nullable ApplicationKey key;

    /** @param ownCaches finds the application's own by its name */
    OpenCaches(
            DeploymentPlan plan,
            CacheProviders providers,
            Function<String, SessionCache> ownCaches,
            DeploymentContext context,
            ThreadFactory threads) {
        this.threads = threads;
        this.config = plan.settings().cache();
        this.factories = plan.factories();
        this.providers = providers;
        this.ownCaches = ownCaches;
        this.context = context;
        this.near = near();
    }

    /** The one that {@code lockstep.cache} names, as the application sees it. */
    SessionCache chosen() {
        return named(config.name());
    }

    /**
     * One by its name, as the application sees it: what it drops is gone from the near cache in
     * front of it too.
     */
    SessionCache named(String name) {
        return near != null && name.equals(config.name()) ? new CacheBehindNear(opened(name), near) : opened(name);
    }

    /** What the one that {@code lockstep.cache} names lets a channel share. */
    synchronized SharedConnection shared() {
        opened(config.name());
        return shared.getOrDefault(config.name(), SharedConnection.NONE);
    }

    /** Opens the one that {@code lockstep.cache} names, unless it is open. */
    void open() {
        opened(config.name());
    }

    /**
     * What the read path uses: a cache in this JVM is the near cache itself. Without a key no copy
     * leaves the JVM.
     */
    LayeredCache copies(ApplicationKey key) {
        this.key = key;
        SessionCache chosen = opened(config.name());
        if (isInProcess()) {
            return layered(chosen, null);
        }
        if (key.isAbsent()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0526 The cache " + config.name() + " is not used: copies of sessions leave this JVM under"
                            + " the application's key only, which the application's store does not keep (KeyRingStore). Set"
                            + " lockstep.key, the same on all nodes. cache=" + config.name());
            return layered(near, null);
        }
        return layered(near, chosen);
    }

    private LayeredCache layered(@Nullable SessionCache nearest, @Nullable SessionCache shared) {
        return new LayeredCache(nearest, shared, config.timeToLive(), context.clock(), context.listener());
    }

    @Override
    public synchronized void close() {
        open.forEach(OpenCaches::close);
        open.clear();
    }

    private @Nullable SessionCache near() {
        CacheContext nearContext = context.withMaxEntries(config.nearMaxEntries());
        return config.near() && !isInProcess() ? MemoryCacheProvider.openNear(nearContext) : null;
    }

    private boolean isInProcess() {
        return factories.containsKey(config.name()) && providers.isInProcess(config.name());
    }

    private synchronized SessionCache opened(String name) {
        return open.computeIfAbsent(name, this::open);
    }

    /**
     * A cache outside the JVM is guarded against its backend, and one of the application against
     * itself.
     */
    private SessionCache open(String name) {
        CacheFactory factory = factories.get(name);
        return factory == null ? own(name) : guarded(name, factory.open(context.withSeals(() -> seal(name))));
    }

    /** Caches are opened before the store is, and so before there is a key. */
    private CopySeal seal(String name) {
        return new SealedCopies(context.application(), name, () -> key, context.listener());
    }

    private SessionCache own(String name) {
        ApplicationCache own = new ApplicationCache(ownCaches.apply(name), name, context.timeout(), threads);
        return GuardedCache.around(own, name, context);
    }

    private SessionCache guarded(String name, SessionCache cache) {
        shared.put(name, SharedConnection.of(cache));
        return providers.isInProcess(name) ? cache : GuardedCache.around(cache, name, context);
    }

    private static void close(String name, SessionCache cache) {
        if (cache instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0505 A cache could not be closed; it may leave a connection open. cache=" + name,
                        Redaction.cause(e, ""));
            }
        }
    }
}
