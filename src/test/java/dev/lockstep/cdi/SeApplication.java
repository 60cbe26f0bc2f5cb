package dev.lockstep.cdi;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** An application on Weld SE: its beans and its microprofile-config.properties. */
final class SeApplication implements AutoCloseable {

    private static final String FILE = "microprofile-config.properties";

    private final SeContainer container;
    private final SmallRyeConfig config;
    private final ClassLoader loader;

    private SeApplication(SeContainer container, SmallRyeConfig config, ClassLoader loader) {
        this.container = container;
        this.config = config;
        this.loader = loader;
    }

    /** Starts with an H2 database in memory of its own, unless the properties say otherwise. */
    static SeApplication start(Map<String, String> properties, Class<?>... beans) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(withStore(properties), FILE, 100))
                .build();
        ConfigProviderResolver.instance().registerConfig(config, loader);
        try {
            SeContainer container = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(LockstepExtension.class)
                    .addBeanClasses(beans)
                    .initialize();
            return new SeApplication(container, config, loader);
        } catch (RuntimeException e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        }
    }

    <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    SeContainer container() {
        return container;
    }

    @Override
    public void close() {
        container.close();
        ConfigProviderResolver.instance().releaseConfig(config);
    }

    private static Map<String, String> withStore(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        if (!properties.containsKey("lockstep.store.datasource")) {
            all.putIfAbsent("lockstep.store.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
        return all;
    }
}
