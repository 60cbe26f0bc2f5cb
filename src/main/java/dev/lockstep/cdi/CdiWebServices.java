package dev.lockstep.cdi;

import dev.lockstep.SessionManager;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.Problems;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.WebServices;
import jakarta.enterprise.inject.spi.CDI;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Gives the filter the beans of the application that it is deployed with. Thread-safe. */
public final class CdiWebServices implements WebServices {

    private static final String ROOT = "/";

    private final Lazy<LockstepDeployment> deployment =
            new Lazy<>(() -> extension().deployment());

    /** Problems are the extension's to report: it fails the deployment for each of them. */
    @Override
    public WebConfig config() {
        return LockstepConfig.read(ConfigProvider.getConfig(), new Problems()).web();
    }

    @Override
    public void start(String contextPath) {
        deployment.get().start(contextPath.isEmpty() ? ROOT : contextPath);
    }

    @Override
    public SessionManager sessions() {
        return deployment.get().manager();
    }

    @Override
    public void refused(TokenRefused refusal) {
        deployment.get().events().fire(refusal);
    }

    /** The extension itself: as a bean, some servers would give a proxy, which a final class can't have. */
    private static LockstepExtension extension() {
        return CDI.current().getBeanManager().getExtension(LockstepExtension.class);
    }

    /** Looks a bean up once. Two threads may do so at the same time: they find the same. */
    private static final class Lazy<T> {

        private final Supplier<T> lookup;
        private volatile @Nullable T value;

        Lazy(Supplier<T> lookup) {
            this.lookup = lookup;
        }

        T get() {
            T found = value;
            if (found == null) {
                found = lookup.get();
                value = found;
            }
            return found;
        }
    }
}
