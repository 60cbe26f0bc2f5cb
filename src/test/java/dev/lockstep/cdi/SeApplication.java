package dev.lockstep.cdi;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.lite.extension.translator.LiteExtensionTranslator;

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

    /** The same, where there are no portable extensions. */
    static SeApplication startLite(Map<String, String> properties, Class<?>... beans) {
        List<Class<? extends BuildCompatibleExtension>> lite = List.of(Lite.class);
        return start(
                new LiteExtensionTranslator(lite, SeApplication.class.getClassLoader()),
                config -> config,
                properties,
                beans);
    }

    /** As the first, with something around the configuration. */
    static SeApplication start(
            Function<SmallRyeConfig, Config> around, Map<String, String> properties, Class<?>... beans) {
        return start(new LockstepExtension(), around, properties, beans);
    }

    private static SeApplication start(
            Extension extension,
            Function<SmallRyeConfig, Config> around,
            Map<String, String> properties,
            Class<?>... beans) {
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
            return new SeApplication(container(extension, beans), config);
        } catch (RuntimeException e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static SeContainer container(Extension extension, Class<?>... beans) {
        return new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .addExtensions(extension)
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

    /** Weld passes over the one that says that there is a portable one. */
    public static final class Lite implements BuildCompatibleExtension {

        @Synthesis
        public void addBeans(SyntheticComponents components) {
            new LockstepLiteExtension().addBeans(components);
        }
    }
}
