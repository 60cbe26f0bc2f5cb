package dev.lockstep.cdi;

import dev.lockstep.SessionCache;
import dev.lockstep.config.MissingParts;
import dev.lockstep.config.Problems;
import dev.lockstep.config.Security;
import dev.lockstep.config.WebConfig;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The deployment where there is no {@link LockstepExtension}. A bean, so that all find it. The
 * configuration is read and checked when the application starts: it may differ from the one that it
 * was built with. Thread-safe.
 */
public final class LiteDeployment {

    private static final String QUARKUS_REST = "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder";

    private final LockstepDeployment deployment;

    private LiteDeployment(LockstepDeployment deployment) {
        this.deployment = deployment;
    }

    /** Reads and checks; fails with every problem there is. */
    static LiteDeployment make(BeanManager beanManager) {
        MissingParts.problem(Drivers.ofApplication().loader()).ifPresent(problem -> {
            throw new DeploymentException(problem);
        });
        DeploymentConfiguration configuration = DeploymentConfiguration.read(ConfigProvider.getConfig());
        CacheProviders providers = CacheProviders.find();
        ApplicationBeans beans = new ApplicationBeans();
        beanManager.getBeans(SessionStore.class, Any.Literal.INSTANCE).forEach(beans::note);
        beanManager.getBeans(SessionCache.class, Any.Literal.INSTANCE).forEach(beans::note);
        beanManager.getBeans(NodeListener.class, Any.Literal.INSTANCE).forEach(beans::note);
        Problems problems = configuration.problems();
        new CacheBeans(beans, beanManager).check(providers.names(), problems);
        DeploymentPlan plan = DeploymentPlan.make(configuration, providers, ChannelProviders.find(), beans);
        checkWeb(plan.settings().web(), problems);
        if (!problems.isEmpty()) {
            throw LockstepExtension.failure(problems);
        }
        return new LiteDeployment(new LockstepDeployment(plan, providers, beans, beanManager));
    }

    private static void checkWeb(WebConfig web, Problems problems) {
        if (!web.protect().isEmpty() && Drivers.ofApplication().has(QUARKUS_REST)) {
            problems.add("LOCKSTEP-0524 lockstep.web.protect is " + web.protect()
                    + ", but Quarkus REST serves requests past the filters of Servlet, so that what it serves would be open."
                    + " Use io.quarkus:quarkus-resteasy-jsonb with io.quarkus:quarkus-undertow in its place, or remove"
                    + " lockstep.web.* and check tokens by SessionManager.find in a ContainerRequestFilter.");
        }
        if (web.security() == Security.CONTAINER) {
            problems.add(
                    "LOCKSTEP-0523 lockstep.security is container, but this container takes no portable extension of"
                            + " CDI, by which Lockstep would give it a mechanism. Set lockstep.security=filter.");
        }
    }

    LockstepDeployment deployment() {
        return deployment;
    }

    /** The application starts; where it has Servlet, that may have started it already. */
    void begin() {
        if (!deployment.isRunning()) {
            deployment.scopeBegan(this);
        }
    }
}
