package dev.lockstep.config;

import dev.lockstep.config.WebConfig.GroupRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
                web(settings));
    }

    private static Optional<String> application(PrefixedSettings settings) {
        Optional<String> application = settings.text("application");
        application
                .filter(name -> !name.matches("[A-Za-z0-9._/-]{1," + LONGEST_APPLICATION + "}"))
                .ifPresent(name -> settings.problem(
                        "application", name, "1 to " + LONGEST_APPLICATION + " letters, digits, . _ - /"));
        return application;
    }

    private static WebConfig web(PrefixedSettings settings) {
        List<PathPattern> protect = patterns(settings, "web.protect");
        List<PathPattern> permit = patterns(settings, "web.permit");
        List<PathPattern> confirm = patterns(settings, "web.confirm");
        List<GroupRule> require =
                reported(settings, "web.require", List.of(), () -> GroupRule.parseAll(settings.list("web.require")));
        String realm = settings.text("web.realm").orElse(WebConfig.DEFAULT_REALM);
        return reported(
                settings,
                "web.*",
                WebConfig.unprotected(),
                () -> new WebConfig(protect, permit, require, confirm, realm));
    }

    private static List<PathPattern> patterns(PrefixedSettings settings, String name) {
        return reported(
                settings,
                name,
                List.of(),
                () -> settings.list(name).stream().map(PathPattern::parse).toList());
    }

    private static <T> T reported(PrefixedSettings settings, String name, T fallback, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            settings.problem(name, String.join(",", settings.list(name)), String.valueOf(e.getMessage()));
            return fallback;
        }
    }
}
