package dev.lockstep.cdi;

import dev.lockstep.SessionManager;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.Problems;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.WebServices;
import jakarta.enterprise.inject.spi.CDI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Gives the filter the beans of the application that it is deployed with. Thread-safe. */
public final class CdiWebServices implements WebServices {

    private static final String ROOT = "/";

    private volatile @Nullable LockstepDeployment deployment;

    /** The extension has reported problems already; there is no filter to be made without its configuration. */
    @Override
    public WebConfig config() {
        Problems problems = new Problems();
        LockstepConfig config = LockstepConfig.read(ConfigProvider.getConfig(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join(System.lineSeparator(), problems.messages()));
        }
        return config.web();
    }

    @Override
    public void start(String contextPath) {
        deployment().start(contextPath.isEmpty() ? ROOT : contextPath);
    }

    @Override
    public SessionManager sessions() {
        return deployment().manager();
    }

    @Override
    public void refused(TokenRefused refusal) {
        deployment().events().fire(refusal);
    }

    /** Looked up once. Two threads may do so at the same time: they find the same. */
    private LockstepDeployment deployment() {
        LockstepDeployment found = deployment;
        if (found == null) {
            found = extension().deployment();
            deployment = found;
        }
        return found;
    }

    /** The extension itself: as a bean, some servers would give a proxy, which a final class can't have. */
    private static LockstepExtension extension() {
        return CDI.current().getBeanManager().getExtension(LockstepExtension.class);
    }
}
