package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.config.MissingParts;
import dev.lockstep.config.Problems;
import dev.lockstep.config.Security;
import dev.lockstep.health.NodeHealth;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.store.jdbc.RegisteredDrivers;
import dev.lockstep.web.DispatchedSession;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.inject.Scope;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Adds the beans {@link SessionManager}, {@link CurrentSession} and {@link SessionConnections};
 * {@link SessionCache}, the one that {@code lockstep.cache} names, and each other kind under its
 * {@link dev.lockstep.CacheName}; and {@link SessionStore}, unless the application has one. A cache
 * of the application with a {@code @CacheName} takes the place of ours of that name. Where there is
 * MicroProfile Health, its checks.
 *
 * <p>Checks the configuration when all beans are known, and fails the deployment with every problem
 * there is in one message. Starts with the application scope, before observers of the application,
 * and ends with it.
 */
public final class LockstepExtension implements Extension {

    private static final int FIRST = 0;
    private static final String IDENTIFIER = "dev.lockstep.bean.";

    private final ApplicationBeans beans = new ApplicationBeans();
    private final CacheProviders providers = CacheProviders.find();
    private final ChannelProviders channels = ChannelProviders.find();
    private final ContainerRoles roles = new ContainerRoles();
    /** Loaded now: at the end some servers have closed the application's class loader. */
    private final LinkedRecords linkedRecords = new LinkedRecords();

    private final RegisteredDrivers registeredDrivers = new RegisteredDrivers(LockstepExtension.class.getClassLoader());

    private final boolean hasJakartaSecurity = ContainerSecurity.isAvailable();
    private final boolean hasHealth = HealthChecks.isAvailable();

    private Optional<String> missingParts = Optional.empty();
    private @Nullable DeploymentConfiguration configuration;
    private @Nullable LockstepDeployment deployment;

    /** Read so early, since it decides on what is to be added. */
    void read(@Observes BeforeBeanDiscovery event) {
        missingParts = MissingParts.problem(Drivers.ofApplication().loader());
        if (missingParts.isPresent()) {
            return;
        }
        configuration = DeploymentConfiguration.read(ConfigProvider.getConfig());
        if (knowsCallers()) {
            event.addAnnotatedType(RolesInterceptor.class, RolesInterceptor.class.getName());
        }
    }

    void noteBean(@Observes ProcessBean<?> event) {
        if (!isOurs(event.getBean())) {
            beans.note(event.getBean());
            if (isContainerSecurity()) {
                roles.check(event);
            }
        }
    }

    /** Of all that may be beans, since they may inherit the annotations. */
    void noteRoles(
            @Observes @WithAnnotations({RolesAllowed.class, DenyAll.class, NormalScope.class, Scope.class})
                    ProcessAnnotatedType<?> event) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        if (RoleAnnotations.restrictsAnything(type)) {
            roles.note(type);
            if (knowsCallers()) {
                ContainerRoles.guard(event.configureAnnotatedType());
            }
        }
    }

    void noteInjection(@Observes ProcessInjectionPoint<?, SessionCache> event) {
        beans.noteInjection(event.getInjectionPoint().getQualifiers());
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        LockstepExtension.<SessionManager>bean(event, "manager")
                .types(SessionManager.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> deployment().manager());
        LockstepExtension.<SessionConnections>bean(event, "connections")
                .types(SessionConnections.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> deployment().connections());
        LockstepExtension.<CurrentSession>bean(event, "current")
                .types(CurrentSession.class)
                .scope(ApplicationScoped.class)
                .produceWith(instance -> new DispatchedSession());
        addStore(event);
        addCaches(event);
        if (knowsCallers()) {
            ContainerSecurity.addMechanism(bean(event, "mechanism"), this::deployment);
        }
        addHealthChecks(event);
    }

    /**
     * Throws what is wrong. To CDI that is as good as {@code addDeploymentProblem}; but
     * OpenWebBeans tells nobody what was added.
     */
    void validate(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        if (missingParts.isPresent()) {
            throw new DeploymentException(missingParts.get());
        }
        DeploymentConfiguration read = Objects.requireNonNull(configuration);
        Problems problems = read.problems();
        Packaging.problem().ifPresent(problems::add);
        new CacheBeans(beans, beanManager).check(providers.names(), problems);
        DeploymentPlan plan = DeploymentPlan.make(read, providers, channels, beans);
        if (plan.settings().web().isServed()) {
            LibraryOrdering.problem(Packaging.location()).ifPresent(problems::add);
        }
        if (isContainerSecurity()) {
            ContainerSecurity.check(beanManager, problems);
            roles.reportOverlooked(problems);
        }
        if (problems.isEmpty()) {
            deployment = new LockstepDeployment(plan, providers, beans, beanManager);
            if (!plan.settings().web().protect().isEmpty() && !isContainerSecurity()) {
                roles.warn();
            }
        } else {
            throw failure(problems);
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
        registeredDrivers.forget();
        linkedRecords.forget();
    }

    LockstepDeployment deployment() {
        LockstepDeployment made = deployment;
        if (made == null) {
            throw new IllegalStateException("LOCKSTEP-0503 The deployment is not valid, or not validated yet.");
        }
        return made;
    }

    /** Whether it brings its own store. */
    boolean applicationHasStore() {
        return beans.hasStore();
    }

    private void close() {
        if (deployment != null) {
            deployment.close();
        }
    }

    private void addHealthChecks(AfterBeanDiscovery event) {
        DeploymentConfiguration read = configuration;
        if (hasHealth && read != null && read.settings().health()) {
            Class<?> beside = beans.any().orElse(LockstepExtension.class);
            HealthChecks.add(event, IDENTIFIER + "health.", beside, this::health);
        }
    }

    /** Empty unless the deployment runs. */
    private Optional<NodeHealth> health() {
        LockstepDeployment made = deployment;
        return made == null ? Optional.empty() : made.health();
    }

    private void addStore(AfterBeanDiscovery event) {
        if (!beans.hasStore()) {
            LockstepExtension.<SessionStore>bean(event, "store")
                    .types(SessionStore.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> deployment().store());
        }
    }

    private void addCaches(AfterBeanDiscovery event) {
        if (!beans.hasDefaultCache()) {
            LockstepExtension.<SessionCache>bean(event, "cache")
                    .types(SessionCache.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> deployment().caches().chosen());
        }
        providers.names().stream()
                .filter(name -> !beans.namedCaches().contains(name))
                .forEach(name -> LockstepExtension.<SessionCache>bean(event, "cache." + name)
                        .types(SessionCache.class)
                        .qualifiers(new CacheNameLiteral(name))
                        .scope(ApplicationScoped.class)
                        .produceWith(instance -> deployment().caches().named(name)));
    }

    private boolean isContainerSecurity() {
        DeploymentConfiguration read = configuration;
        return read != null && read.settings().web().security() == Security.CONTAINER;
    }

    /** Whether the container is told who calls, by a mechanism that it can have. */
    private boolean knowsCallers() {
        return isContainerSecurity() && hasJakartaSecurity;
    }

    /** With an identifier of ours: OpenWebBeans tells of our beans as of any other. */
    private static <T> BeanConfigurator<T> bean(AfterBeanDiscovery event, String name) {
        return event.<T>addBean().id(IDENTIFIER + name);
    }

    static boolean isOurs(Bean<?> bean) {
        return bean.getBeanClass() == LockstepExtension.class
                || (bean instanceof PassivationCapable known && known.getId().contains(IDENTIFIER));
    }

    static DeploymentException failure(Problems problems) {
        return new DeploymentException("Lockstep can't be deployed:" + System.lineSeparator()
                + String.join(System.lineSeparator(), problems.messages()));
    }
}
