package dev.lockstep.cdi;

import dev.lockstep.config.KnownKeys;
import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.RevocationChannelProvider.ChannelFactory;
import dev.lockstep.spi.SessionCacheProvider.CacheFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * A deployment as configured and checked, before anything is opened.
 *
 * @param config what was read
 * @param factories the caches that are needed, by name; without those that are beans of the application
 * @param channel what makes logouts quick; empty for none
 */
record DeploymentPlan(
        LockstepConfig config, Map<String, CacheFactory> factories, Optional<ChannelFactory> channel) {

    /**
     * Reads and checks everything, and reports every problem.
     *
     * @param beans what the application brings
     */
    static DeploymentPlan make(
            Config config,
            CacheProviders providers,
            ChannelProviders channels,
            ApplicationBeans beans,
            Problems problems) {
        LockstepConfig read = LockstepConfig.read(config, problems);
        checkKeys(config, providers, channels, problems);
        Set<String> needed = beans.injectedCaches();
        needed.add(read.cache().name());
        needed.removeAll(beans.namedCaches());
        Map<String, CacheFactory> factories = new TreeMap<>();
        for (String name : needed) {
            Optional<CacheFactory> factory = providers.configure(name, beans.namedCaches(), config, problems);
            factory.ifPresent(made -> factories.put(name, made));
        }
        return new DeploymentPlan(read, factories, channels.configure(read, config, problems));
    }

    private static void checkKeys(
            Config config, CacheProviders providers, ChannelProviders channels, Problems problems) {
        KnownKeys keys = new KnownKeys();
        providers.all().forEach((name, provider) -> keys.addSettings(name, provider.settings()));
        channels.all().forEach((name, provider) -> keys.addSettings(name, provider.settings()));
        keys.check(config, problems);
    }
}
