package dev.lockstep.cdi;

import dev.lockstep.health.LockstepHealthCheck;
import dev.lockstep.health.NodeHealth;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The beans that MicroProfile Health finds. Loaded where they are wanted, as not every container
 * has that.
 */
final class HealthChecks {

    private static final String API = "org.eclipse.microprofile.health.HealthCheck";

    private HealthChecks() {}

    /** Whether the container, or the application, has MicroProfile Health. */
    static boolean isAvailable() {
        try {
            Class.forName(API, false, HealthChecks.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    /**
     * Adds them.
     *
     * @param prefix of their identifiers
     * @param beside a class of a bean archive of the application's: WildFly looks for checks in
     *     these, and Lockstep's jar is none
     * @param node empty unless the deployment runs
     */
    static void add(AfterBeanDiscovery event, String prefix, Class<?> beside, Supplier<Optional<NodeHealth>> node) {
        event.addBean(new HealthCheckBean(
                prefix + "readiness", beside, Readiness.Literal.INSTANCE, () -> LockstepHealthCheck.readiness(node)));
        event.addBean(new HealthCheckBean(
                prefix + "startup", beside, Startup.Literal.INSTANCE, () -> LockstepHealthCheck.startup(node)));
    }
}
