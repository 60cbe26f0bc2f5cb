package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.web.DispatchedSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticObserver;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.inject.Singleton;

/**
 * Adds {@link SessionManager}, {@link CurrentSession} and {@link SessionConnections} where
 * containers have no portable extensions (CDI Lite, as in Quarkus); elsewhere
 * {@link LockstepExtension} does, and more. Runs while the application is built, and what it names
 * when the application starts.
 *
 * <p>A container finds it by {@link java.util.ServiceLoader} if the application names it there:
 * Lockstep's jar does not, since Weld keeps the last application that had such an extension.
 */
@SkipIfPortableExtensionPresent(LockstepExtension.class)
public final class LockstepLiteExtension implements BuildCompatibleExtension {

    /** With a name it is kept: Quarkus removes beans that nobody injects. */
    private static final String NAME = "dev.lockstep.deployment";

    private static final int FIRST = 0;
    private static final int LAST = Integer.MAX_VALUE;

    /** Called by the container. */
    @Synthesis
    public void addBeans(SyntheticComponents components) {
        components
                .addBean(LiteDeployment.class)
                .type(LiteDeployment.class)
                .scope(Singleton.class)
                .name(NAME)
                .createWith(Deployments.class);
        components
                .addBean(SessionManager.class)
                .type(SessionManager.class)
                .scope(ApplicationScoped.class)
                .createWith(Managers.class);
        components
                .addBean(SessionConnections.class)
                .type(SessionConnections.class)
                .scope(ApplicationScoped.class)
                .createWith(Connections.class);
        components
                .addBean(CurrentSession.class)
                .type(CurrentSession.class)
                .scope(ApplicationScoped.class)
                .createWith(Currents.class);
        components.addObserver(Startup.class).priority(FIRST).observeWith(Begin.class);
        components.addObserver(Shutdown.class).priority(LAST).observeWith(End.class);
    }

    /** Makes the deployment. */
    public static final class Deployments implements SyntheticBeanCreator<LiteDeployment> {
        @Override
        public LiteDeployment create(Instance<Object> beans, Parameters params) {
            return LiteDeployment.make(beans.select(BeanManager.class).get());
        }
    }

    /** Finds the session manager. */
    public static final class Managers implements SyntheticBeanCreator<SessionManager> {
        @Override
        public SessionManager create(Instance<Object> beans, Parameters params) {
            return beans.select(LiteDeployment.class).get().deployment().manager();
        }
    }

    /** Finds what ends connections. */
    public static final class Connections implements SyntheticBeanCreator<SessionConnections> {
        @Override
        public SessionConnections create(Instance<Object> beans, Parameters params) {
            return beans.select(LiteDeployment.class).get().deployment().connections();
        }
    }

    /** Makes what tells whose the request is. */
    public static final class Currents implements SyntheticBeanCreator<CurrentSession> {
        @Override
        public CurrentSession create(Instance<Object> beans, Parameters params) {
            return new DispatchedSession();
        }
    }

    /** Starts before observers of the application. */
    public static final class Begin implements SyntheticObserver<Startup> {
        @Override
        public void observe(EventContext<Startup> event, Parameters params) {
            CDI.current().select(LiteDeployment.class).get().begin();
        }
    }

    /** Ends after observers of the application. */
    public static final class End implements SyntheticObserver<Shutdown> {
        @Override
        public void observe(EventContext<Shutdown> event, Parameters params) {
            CDI.current().select(LiteDeployment.class).get().deployment().close();
        }
    }
}
