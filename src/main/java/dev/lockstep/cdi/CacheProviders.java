package dev.lockstep.cdi;

import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.SessionCacheProvider.CacheFactory;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kinds of caches that can be chosen, by name. Immutable. */
final class CacheProviders {

    private final Map<String, SessionCacheProvider> byName = new TreeMap<>();
    private final Drivers drivers;

    private CacheProviders(Drivers drivers) {
        this.drivers = drivers;
    }

    /**
     * Finds those of the application and our own; an application's provider replaces ours of the
     * same name.
     */
    static CacheProviders find() {
        CacheProviders providers = new CacheProviders(Drivers.ofApplication());
        for (ClassLoader loader : providers.drivers.loaders()) {
            ServiceLoader.load(SessionCacheProvider.class, loader)
                    .forEach(provider -> providers.byName.put(provider.name(), provider));
        }
        return providers;
    }

    Set<String> names() {
        return byName.keySet();
    }

    /**
     * Whether copies in a cache never leave this JVM; a bean of the application is taken for one
     * that is shared.
     */
    boolean isInProcess(String name) {
        SessionCacheProvider provider = byName.get(name);
        return provider != null && provider.inProcess();
    }

    Map<String, SessionCacheProvider> all() {
        return byName;
    }

    /** Makes a factory, or reports why there can be none. */
    Optional<CacheFactory> configure(
            String name, Set<String> namesOfBeans, PrefixedSettings settings, Problems problems) {
        SessionCacheProvider provider = byName.get(name);
        if (provider == null) {
            Set<String> accepted = new TreeSet<>(byName.keySet());
            accepted.addAll(namesOfBeans);
            problems.add("LOCKSTEP-0003 There is no cache named \"" + name + "\"; accepted: "
                    + String.join(", ", accepted) + ", or the name of a bean of yours with @CacheName.");
            return Optional.empty();
        }
        if (!drivers.areThere("cache", name, provider.drivers(), problems)) {
            return Optional.empty();
        }
        return Optional.of(provider.configure(settings.of(name)));
    }
}
