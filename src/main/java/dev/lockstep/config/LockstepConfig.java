package dev.lockstep.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * All of the configuration but the settings of single caches. Immutable; read once per deployment.
 *
 * @param application separates applications that share a store; empty: the context path
 */
public record LockstepConfig(
        Optional<String> application,
        CacheConfig cache,
        StoreConfig store,
        SessionConfig session,
        LogoutConfig logout,
        WebConfig web) {

    /** What every key begins with. */
    public static final String PREFIX = "lockstep.";

    private static final int LONGEST_APPLICATION = 100;

    /** Reads everything; what cannot be used is reported and replaced by its default. */
    public static LockstepConfig read(Config config, Problems problems) {
        PrefixedSettings settings = new PrefixedSettings(config, PREFIX, problems);
        return new LockstepConfig(
                application(settings),
                CacheConfig.read(settings),
                StoreConfig.read(settings),
                SessionConfig.read(settings),
                LogoutConfig.read(settings),
                new WebConfigReader(settings).read());
    }

    private static Optional<String> application(PrefixedSettings settings) {
        Optional<String> application = settings.text("application");
        application
                .filter(name -> !name.matches("[A-Za-z0-9._/-]{1," + LONGEST_APPLICATION + "}"))
                .ifPresent(name -> settings.problem(
                        "application", name, "1 to " + LONGEST_APPLICATION + " letters, digits, . _ - /"));
        return application;
    }
}
