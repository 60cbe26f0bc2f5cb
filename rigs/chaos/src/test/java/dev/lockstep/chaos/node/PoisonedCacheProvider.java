package dev.lockstep.chaos.node;

import dev.lockstep.chaos.forge.Forger;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * {@code lockstep.cache=chaos}: a {@link PoisonedCache} around the cache that the system property
 * {@code chaos.cache} names. Its settings are those of that cache, under {@code lockstep.chaos.}.
 */
public final class PoisonedCacheProvider implements SessionCacheProvider {

    private final String wrapped = System.getProperty("chaos.cache", "memory");

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public List<Setting<?>> settings() {
        return real().settings();
    }

    @Override
    public List<Driver> drivers() {
        return real().drivers();
    }

    @Override
    public boolean inProcess() {
        return real().inProcess();
    }

    @Override
    public CacheFactory configure(Settings settings) {
        CacheFactory factory = real().configure(settings);
        Graveyard graveyard = new Graveyard(
                Path.of(System.getProperty("chaos.directory"), "copies"), System.getProperty("chaos.node"));
        return context ->
                new PoisonedCache(factory.open(context), graveyard, context.seal(), new Forger(context.application()));
    }

    private SessionCacheProvider real() {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .filter(provider -> provider.type() != PoisonedCacheProvider.class)
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(wrapped))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no cache named " + wrapped));
    }
}
