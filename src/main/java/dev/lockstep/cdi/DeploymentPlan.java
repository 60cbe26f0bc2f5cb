package dev.lockstep.cdi;

import dev.lockstep.config.KnownKeys;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.key.KeySettings;
import dev.lockstep.spi.SessionCacheProvider.CacheFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * A deployment as configured and checked, before anything is opened.
 *
 * @param settings what was read
 * @param factories the caches that are needed, by name; without those that are beans of the
 *     application
 * @param channel what makes logouts quick
 */
record DeploymentPlan(DeploymentSettings settings, Map<String, CacheFactory> factories, ChosenChannel channel) {

    /**
     * Checks everything, and reports every problem.
     *
     * @param beans what the application brings
     */
    static DeploymentPlan make(
            DeploymentConfiguration configuration,
            CacheProviders providers,
            ChannelProviders channels,
            ApplicationBeans beans) {
        DeploymentSettings read = configuration.settings();
        PrefixedSettings settings = configuration.keyed();
        Problems problems = configuration.problems();
        checkKeys(configuration.config(), providers, channels, problems);
        if (beans.storeKeepsKey()) {
            KeySettings.refuse(settings);
        }
        Set<String> needed = beans.injectedCaches();
        needed.add(read.cache().name());
        needed.removeAll(beans.namedCaches());
        Map<String, CacheFactory> factories = new TreeMap<>();
        for (String name : needed) {
            Optional<CacheFactory> factory = providers.configure(name, beans.namedCaches(), settings, problems);
            factory.ifPresent(made -> factories.put(name, made));
        }
        return new DeploymentPlan(
                read,
                factories,
                channels.configure(read.channel(), read.cache().name(), beans.hasStore(), settings, problems));
    }

    private static void checkKeys(
            Config config, CacheProviders providers, ChannelProviders channels, Problems problems) {
        KnownKeys keys = new KnownKeys();
        keys.add(DeploymentSettings.SETTINGS);
        providers.all().forEach((name, provider) -> keys.add(name, provider.settings()));
        channels.all().forEach((name, provider) -> keys.add(name, provider.settings()));
        keys.check(config, problems);
    }
}
