package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.config.Problems;
import dev.lockstep.config.Security;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.web.DispatchedSession;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Adds the beans {@link SessionManager}, {@link CurrentSession} and {@link SessionConnections};
 * {@link SessionCache}, the one that {@code lockstep.cache} names, and each other kind under its
 * {@link dev.lockstep.CacheName}; and {@link SessionStore}, unless the application has one. A cache of the application with a
 * {@code @CacheName} takes the place of ours of that name.
 *
 * <p>Checks the configuration when all beans are known, and fails the deployment with every problem
 * there is in one message. Starts with the application scope, before observers of the application,
 * and ends with it.
 */
public final class LockstepExtension implements Extension {

    private static final int FIRST = 0;

    private final ApplicationBeans beans = new ApplicationBeans();
    private final CacheProviders providers = CacheProviders.find();
    private final ChannelProviders channels = ChannelProviders.find();
    private final ContainerRoles roles = new ContainerRoles();
    private @Nullable DeploymentConfiguration configuration;
    private @Nullable LockstepDeployment deployment;

    /** Read so early, since it decides on what is to be added. */
    void read(@Observes BeforeBeanDiscovery event) {
        DeploymentConfiguration read = DeploymentConfiguration.read(ConfigProvider.getConfig());
        configuration = read;
        if (isContainerSecurity(read) && ContainerSecurity.isAvailable()) {
            event.addAnnotatedType(RolesInterceptor.class, RolesInterceptor.class.getName());
        }
    }

    void noteBean(@Observes ProcessBean<?> event) {
        boolean ours = event instanceof ProcessSyntheticBean<?> added
                && (added.getSource() == this || added.getBean().getBeanClass() == LockstepExtension.class);
        if (!ours) {
            beans.note(event.getBean());
        }
    }

    void noteRoles(@Observes @WithAnnotations({RolesAllowed.class, DenyAll.class}) ProcessAnnotatedType<?> event) {
        roles.note(event.getAnnotatedType().getJavaClass());
        if (isContainerSecurity(configuration()) && ContainerSecurity.isAvailable()) {
            ContainerRoles.guard(event.configureAnnotatedType());
        }
    }

    void noteInjection(@Observes ProcessInjectionPoint<?, SessionCache> event) {
        beans.noteInjection(event.getInjectionPoint().getQualifiers());
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        event.<SessionManager>addBean()
                .types(SessionManager.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> deployment().manager());
        event.<SessionConnections>addBean()
                .types(SessionConnections.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> deployment().connections());
        event.<CurrentSession>addBean()
                .types(CurrentSession.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> new DispatchedSession());
        addStore(event);
        addCaches(event);
        if (isContainerSecurity(configuration()) && ContainerSecurity.isAvailable()) {
            ContainerSecurity.addMechanism(event, this::deployment);
        }
    }

    void validate(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        DeploymentConfiguration read = configuration();
        Problems problems = read.problems();
        Packaging.problem().ifPresent(problems::add);
        new CacheBeans(beans, beanManager).check(providers.names(), problems);
        DeploymentPlan plan = DeploymentPlan.make(read, providers, channels, beans);
        if (isContainerSecurity(read)) {
            ContainerSecurity.check(beanManager, problems);
        }
        if (problems.isEmpty()) {
            deployment = new LockstepDeployment(plan, providers, beans, beanManager);
            if (!plan.settings().web().protect().isEmpty() && !isContainerSecurity(read)) {
                roles.warn();
            }
        } else {
            event.addDeploymentProblem(new DeploymentException(message(problems)));
        }
    }

    void start(@Observes @Priority(FIRST) @Initialized(ApplicationScoped.class) Object application) {
        deployment().scopeBegan(application);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        close();
    }

    void shutDown(@Observes BeforeShutdown event) {
        close();
        LinkedRecords.forget();
    }

    LockstepDeployment deployment() {
        LockstepDeployment made = deployment;
        if (made == null) {
            throw new IllegalStateException("LOCKSTEP-0503 The deployment is not valid, or not validated yet.");
        }
        return made;
    }

    private DeploymentConfiguration configuration() {
        return Objects.requireNonNull(configuration);
    }

    private void close() {
        if (deployment != null) {
            deployment.close();
        }
    }

    private void addStore(AfterBeanDiscovery event) {
        if (!beans.hasStore()) {
            event.<SessionStore>addBean()
                    .types(SessionStore.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> deployment().store());
        }
    }

    private void addCaches(AfterBeanDiscovery event) {
        if (!beans.hasDefaultCache()) {
            event.<SessionCache>addBean()
                    .types(SessionCache.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> deployment().caches().chosen());
        }
        providers.names().stream()
                .filter(name -> !beans.namedCaches().contains(name))
                .forEach(name -> event.<SessionCache>addBean()
                        .types(SessionCache.class)
                        .qualifiers(new CacheNameLiteral(name))
                        .scope(ApplicationScoped.class)
                        .produceWith(instance -> deployment().caches().named(name)));
    }

    private static boolean isContainerSecurity(DeploymentConfiguration configuration) {
        return configuration.settings().web().security() == Security.CONTAINER;
    }

    private static String message(Problems problems) {
        return "Lockstep can't be deployed:" + System.lineSeparator()
                + String.join(System.lineSeparator(), problems.messages());
    }
}
