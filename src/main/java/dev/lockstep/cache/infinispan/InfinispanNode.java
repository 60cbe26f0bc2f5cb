package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.redaction.RootCause;
import dev.lockstep.spi.CacheContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/**
 * A cache manager: our own, which ends with {@link #close}, or one that the server or the
 * application keeps, which is left running.
 *
 * <p>Thread-safe.
 */
record InfinispanNode(EmbeddedCacheManager manager, boolean own) implements AutoCloseable {

    /**
     * How long a node that joins waits for the others to take it in; they then hand over their
     * copies at leisure.
     */
    /** Several rounds of JGroups' discovery and of joining. */
    private static final Duration JOINING = Duration.ofSeconds(10);

    /** As the other caches in this JVM. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    static InfinispanNode open(InfinispanSettings settings, CacheContext context) {
        return theirs(settings, context)
                .map(manager -> new InfinispanNode(manager, false))
                .orElseGet(() -> new InfinispanNode(start(settings, context), true));
    }

    /** The application's cluster, unless it is named. */
    static String cluster(InfinispanSettings settings, CacheContext context) {
        return settings.cluster().orElse("lockstep:" + context.application());
    }

    /**
     * The application's cache, by a configuration of that name if the manager has one, or else by
     * ours.
     */
    Cache<byte[], byte[]> cache(InfinispanSettings settings, CacheContext context) {
        String name = settings.cache().orElse("lockstep:" + context.application());
        if (manager.getCacheConfiguration(name) == null) {
            boolean clustered = manager.getCacheManagerConfiguration().isClustered();
            manager.defineConfiguration(name, configuration(settings, context, clustered));
        }
        return withOurLoader(() -> manager.getCache(name));
    }

    @Override
    public void close() throws IOException {
        if (own) {
            manager.close();
        }
    }

    private static Optional<EmbeddedCacheManager> theirs(InfinispanSettings settings, CacheContext context) {
        if (settings.jndi().isPresent()) {
            String name = settings.jndi().get();
            return Optional.of(context.lookup(name, EmbeddedCacheManager.class)
                    .orElseThrow(() -> new CacheException(
                            "LOCKSTEP-0320 No Infinispan cache manager is bound in JNDI as " + name
                                    + "; define it in the server, have web.xml refer to it (a resource-env-ref), which WildFly"
                                    + " starts it by, or correct lockstep.infinispan.jndi.",
                            null)));
        }
        return settings.ownManager() ? Optional.empty() : context.bean(EmbeddedCacheManager.class);
    }

    private static EmbeddedCacheManager start(InfinispanSettings settings, CacheContext context) {
        return withOurLoader(() -> settings.configuration().isPresent()
                ? new DefaultCacheManager(settings.configuration().get())
                : new DefaultCacheManager(global(settings, context).build()));
    }

    private static GlobalConfigurationBuilder global(InfinispanSettings settings, CacheContext context) {
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
        global.classLoader(InfinispanNode.class.getClassLoader());
        global.cacheManagerName("lockstep:" + context.application());
        global.jmx().disable();
        global.metrics().gauges(false).histograms(false);
        global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        if (!settings.stack().equals(InfinispanSettings.LOCAL)) {
            global.transport()
                    .defaultTransport()
                    .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new StackConfigurator(settings))
                    .clusterName(cluster(settings, context));
            settings.node().ifPresent(global.transport()::nodeName);
        }
        return global;
    }

    /**
     * Writes wait for the others, but no longer than the cache's deadline; reads of a replicated
     * cache wait for nobody. Nothing is refused in a split: whatever comes of it, a copy is judged
     * before it is used.
     */
    private static Configuration configuration(InfinispanSettings settings, CacheContext context, boolean clustered) {
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM_TYPE);
        cache.memory().maxCount(context.maxEntries()).whenFull(EvictionStrategy.REMOVE);
        cache.expiration().wakeUpInterval(SWEEP.toMillis());
        cache.locking().lockAcquisitionTimeout(context.timeout().toMillis(), TimeUnit.MILLISECONDS);
        if (clustered) {
            cache.clustering()
                    .cacheMode(settings.replicated() ? CacheMode.REPL_SYNC : CacheMode.DIST_SYNC)
                    .remoteTimeout(context.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cache.clustering().hash().numOwners(settings.owners());
            cache.clustering().stateTransfer().awaitInitialTransfer(false).timeout(JOINING.toMillis());
        }
        return cache.build();
    }

    /**
     * Infinispan finds its parts through the context class loader, which in a server may be
     * anybody's.
     */
    private static <T> T withOurLoader(Callable<T> start) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(InfinispanNode.class.getClassLoader());
        try {
            return start.call();
        } catch (Exception e) {
            throw new CacheException(
                    "LOCKSTEP-0321 Infinispan does not start: " + RootCause.of(e)
                            + ". Check the lockstep.infinispan settings, its ports above all.",
                    Redaction.cause(e, ""));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
