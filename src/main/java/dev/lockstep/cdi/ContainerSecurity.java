package dev.lockstep.cdi;

import dev.lockstep.config.Problems;
import dev.lockstep.web.BearerMechanism;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The mechanism that tells the container who calls ({@code lockstep.security=container}). Loaded
 * where it is wanted, as not every container has Jakarta Security.
 */
final class ContainerSecurity {

    private static final String API =
            "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

    private ContainerSecurity() {}

    /** Whether the container has Jakarta Security. */
    static boolean isAvailable() {
        try {
            Class.forName(API, false, ContainerSecurity.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    static void addMechanism(
            BeanConfigurator<HttpAuthenticationMechanism> bean, Supplier<LockstepDeployment> deployment) {
        bean.types(HttpAuthenticationMechanism.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> new BearerMechanism(
                        new CdiWebServices(), deployment.get().webConfig()));
    }

    /** A container takes one mechanism; which of two would be its choice. */
    static void check(BeanManager beans, Problems problems) {
        if (!isAvailable()) {
            problems.add(
                    "LOCKSTEP-0518 lockstep.security is container, but this container has no Jakarta Security. Add an"
                            + " implementation, such as org.glassfish.soteria:jakarta.security.enterprise, or set"
                            + " lockstep.security=filter.");
            return;
        }
        Set<Bean<?>> mechanisms = beans.getBeans(HttpAuthenticationMechanism.class);
        if (mechanisms.size() > 1) {
            problems.add(
                    "LOCKSTEP-0519 lockstep.security is container, but the application has an authentication mechanism"
                            + " of its own (" + names(mechanisms) + "), and a container takes one. Remove it, or set"
                            + " lockstep.security=filter.");
        }
    }

    private static String names(Set<Bean<?>> mechanisms) {
        return mechanisms.stream()
                .filter(bean -> !LockstepExtension.isOurs(bean))
                .map(bean -> bean.getBeanClass().getName())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
