package dev.lockstep.cdi;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;

/** An application on Weld SE: its beans and its microprofile-config.properties. */
final class SeApplication implements AutoCloseable {

    private static final String FILE = "microprofile-config.properties";

    private final SeContainer container;
    private final Config config;

    private SeApplication(SeContainer container, Config config) {
        this.container = container;
        this.config = config;
    }

    /**
     * Starts with an H2 database in memory of its own, unless the properties say otherwise. Has a
     * class loader of its own, so that several can run at a time.
     */
    static SeApplication start(Map<String, String> properties, Class<?>... beans) {
        return start(config -> config, properties, beans);
    }

    /** The same, with something around the configuration. */
    static SeApplication start(
            Function<SmallRyeConfig, Config> around, Map<String, String> properties, Class<?>... beans) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader loader = new URLClassLoader(new URL[0], before);
        Config config = around.apply(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(withStore(properties), FILE, 100))
                .build());
        ConfigProviderResolver.instance().registerConfig(config, loader);
        thread.setContextClassLoader(loader);
        try {
            return new SeApplication(container(beans), config);
        } catch (RuntimeException e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static SeContainer container(Class<?>... beans) {
        return new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .addExtensions(new LockstepExtension())
                .addBeanClasses(beans)
                .addBeanClass(SeApplication.class)
                .initialize();
    }

    <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    LockstepDeployment deployment() {
        return container.getBeanManager().getExtension(LockstepExtension.class).deployment();
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
