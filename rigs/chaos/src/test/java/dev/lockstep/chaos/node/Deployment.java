package dev.lockstep.chaos.node;

import dev.lockstep.SessionManager;
import dev.lockstep.cdi.LockstepExtension;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jspecify.annotations.Nullable;

/**
 * The product in a CDI container (Weld SE), configured by this JVM's {@code lockstep.*} system
 * properties. Deployed, undeployed and deployed again while requests are under way. Thread-safe.
 */
final class Deployment {

    private static final Logger LOG = System.getLogger(Deployment.class.getName());

    private @Nullable SeContainer container;
    private volatile @Nullable SessionManager manager;

    Deployment() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties(), "microprofile-config.properties", 100))
                .build();
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
    }

    /** Null while nothing is deployed. */
    @Nullable
    SessionManager manager() {
        return manager;
    }

    synchronized void redeploy() throws InterruptedException {
        SeContainer old = container;
        if (old != null) {
            old.close();
        }
        manager = null;
        deployUntilItWorks();
    }

    synchronized void deployUntilItWorks() throws InterruptedException {
        while (!isDeployed()) {
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private boolean isDeployed() {
        try {
            SeContainer fresh = initializer().initialize();
            container = fresh;
            manager = fresh.select(SessionManager.class).get();
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Not deployed; trying again.", e);
            return false;
        }
    }

    /** A node that is only measured has nobody who counts. */
    @SuppressWarnings("unchecked") // an array of classes
    private static SeContainerInitializer initializer() {
        SeContainerInitializer initializer =
                SeContainerInitializer.newInstance().disableDiscovery().addExtensions(LockstepExtension.class);
        return System.getProperty("chaos.node") == null
                ? initializer
                : initializer.addBeanClasses(RefusalCounts.class, PolledUpTo.class);
    }

    private static Map<String, String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("lockstep."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }
}
