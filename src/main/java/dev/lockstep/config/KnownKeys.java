package dev.lockstep.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds keys that begin with {@code lockstep.}, those of a profile and the forms of the environment included, but mean
 * nothing. In the application's own file that is a problem, since
 * a setting that was meant to protect something would be ignored; elsewhere (system properties, environment, the
 * server's own sources) it is a warning, since a server is shared.
 */
public final class KnownKeys {

    private static final Logger LOG = System.getLogger(KnownKeys.class.getName());
    private static final String APPLICATION_FILE = "microprofile-config";

    private static final Set<String> CORE = Set.of(
            "application",
            "cache",
            "cache.ttl",
            "cache.max-entries",
            "cache.timeout",
            "near",
            "near.max-entries",
            "store.datasource",
            "store.url",
            "store.user",
            "store.password",
            "store.schema",
            "store.timeout",
            "store.queue",
            "store.threads",
            "session.absolute-timeout",
            "session.idle-timeout",
            "lease",
            "poll",
            "logout",
            "nodes",
            "facts.max",
            "channel",
            "web.protect",
            "web.permit",
            "web.require",
            "web.confirm",
            "web.realm",
            "web.cors.origins",
            "web.cors.methods",
            "web.cors.headers",
            "web.cors.expose-headers",
            "web.cors.max-age",
            "web.cors.credentials");

    private final Set<String> known = new TreeSet<>();
    private final Set<String> knownInEnvironment = new TreeSet<>();

    public KnownKeys() {
        CORE.forEach(key -> add(LockstepConfig.PREFIX + key));
    }

    /** Adds the settings of one cache or channel. */
    public void addSettings(String name, Set<String> settings) {
        settings.forEach(setting -> add(LockstepConfig.PREFIX + name + "." + setting));
    }

    /** Reports each key that means nothing. */
    public void check(Config config, Problems problems) {
        Map<String, String> ofApplication = ApplicationFiles.names(config);
        ofApplication.forEach((name, file) -> {
            if (meansNothingInFile(name)) {
                problems.add(message(name, file));
            }
        });
        for (ConfigSource source : config.getConfigSources()) {
            check(source, ofApplication.keySet(), problems);
        }
    }

    private void check(ConfigSource source, Set<String> ofApplication, Problems problems) {
        for (String name : source.getPropertyNames()) {
            if (source.getName().contains(APPLICATION_FILE)) {
                if (!ofApplication.contains(name) && meansNothingInFile(name)) {
                    problems.add(message(name, source.getName()));
                }
            } else if (!ofApplication.contains(name) && meansNothing(name, source)) {
                LOG.log(Level.WARNING, message(name, source.getName()));
            }
        }
    }

    /** A file is read to the letter: a name that only the environment could have means nothing there. */
    private boolean meansNothingInFile(String name) {
        String plain = PropertyNames.withoutProfile(name);
        return plain.startsWith(LockstepConfig.PREFIX)
                ? !known.contains(PropertyNames.withoutIndex(plain))
                : isKnownInEnvironment(PropertyNames.inEnvironment(plain));
    }

    private boolean meansNothing(String name, ConfigSource source) {
        String plain = PropertyNames.withoutProfile(name);
        if (plain.startsWith(LockstepConfig.PREFIX)) {
            return !known.contains(PropertyNames.withoutIndex(plain)) && !isDerived(name, source);
        }
        return PropertyNames.isOfEnvironment(name) && !isRead(name, source);
    }

    /** Some implementations guess which property an environment variable stands for; the variable itself is checked. */
    private static boolean isDerived(String name, ConfigSource source) {
        String variable = PropertyNames.inEnvironment(name);
        return source.getPropertyNames().stream()
                .anyMatch(other -> PropertyNames.isOfEnvironment(other)
                        && PropertyNames.inEnvironment(other).equals(variable));
    }

    /** Whether a source that has this environment variable gives its value for the property that it stands for. */
    private boolean isRead(String name, ConfigSource source) {
        String variable = PropertyNames.environmentWithoutProfile(name);
        boolean ofOneProperty = variable.equalsIgnoreCase(name) && knownInEnvironment.contains(variable);
        return ofOneProperty
                ? known.stream()
                        .filter(key -> PropertyNames.inEnvironment(key).equals(variable))
                        .anyMatch(key -> source.getValue(key) != null)
                : isKnownInEnvironment(variable);
    }

    private boolean isKnownInEnvironment(String variable) {
        return knownInEnvironment.contains(variable)
                || knownInEnvironment.contains(PropertyNames.environmentWithoutIndex(variable));
    }

    private void add(String key) {
        known.add(key);
        knownInEnvironment.add(PropertyNames.inEnvironment(key));
    }

    private String message(String name, String source) {
        return "LOCKSTEP-0002 " + name + " (from " + source + ") means nothing; did you mean " + nearest(name) + "?";
    }

    private String nearest(String name) {
        String variable = PropertyNames.environmentWithoutProfile(
                PropertyNames.inEnvironment(PropertyNames.withoutProfile(name)));
        return known.stream()
                .min(Comparator.comparingInt(key -> EditDistance.between(variable, PropertyNames.inEnvironment(key))))
                .orElseThrow();
    }
}
