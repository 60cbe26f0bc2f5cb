package dev.lockstep.docs;

import dev.lockstep.cdi.DeploymentSettings;
import dev.lockstep.config.KnownKeys;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All settings that the product has, in the order in which they are declared. */
final class DeclaredSettings {

    private DeclaredSettings() {}

    /** By the whole key. */
    static Map<String, Setting<?>> byKey() {
        Map<String, Setting<?>> declared = new LinkedHashMap<>();
        DeploymentSettings.SETTINGS.forEach(setting -> declared.put(KnownKeys.PREFIX + setting.name(), setting));
        providers()
                .forEach((name, settings) -> settings.forEach(
                        setting -> declared.put(KnownKeys.PREFIX + name + "." + setting.name(), setting)));
        return declared;
    }

    private static Map<String, List<Setting<?>>> providers() {
        Map<String, List<Setting<?>>> providers = new TreeMap<>();
        ServiceLoader.load(RevocationChannelProvider.class)
                .forEach(provider -> providers.put(provider.name(), provider.settings()));
        ServiceLoader.load(SessionCacheProvider.class).stream()
                .filter(provider -> provider.type().getName().startsWith("dev.lockstep.cache."))
                .map(ServiceLoader.Provider::get)
                .forEach(provider -> providers.put(provider.name(), provider.settings()));
        return providers;
    }
}
