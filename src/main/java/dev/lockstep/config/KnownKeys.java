package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds keys that begin with {@code lockstep.}, those of a profile and the forms of the environment
 * included, but mean nothing. In the application's own file that is a problem, since a setting that
 * was meant to protect something would be ignored; elsewhere (system properties, environment, the
 * server's own sources) it is a warning, since a server is shared. A key of an earlier version is a
 * problem wherever it is: it is ours, and somebody relies on it.
 */
public final class KnownKeys {

    /** What every key begins with. */
    public static final String PREFIX = "lockstep.";

    private static final Logger LOG = System.getLogger(KnownKeys.class.getName());
    private static final String APPLICATION_FILE = "microprofile-config";

    private final Set<String> known = new TreeSet<>();
    private final Set<String> knownInEnvironment = new TreeSet<>();
    /** By the environment's form of a key of an earlier version, what became of it. */
    private final Map<String, String> renamed = new TreeMap<>();

    /** Adds settings that belong to no cache or channel. */
    public void add(Collection<Setting<?>> settings) {
        settings.forEach(setting -> add(PREFIX, setting));
    }

    /** Adds the settings of one cache or channel. */
    public void add(String name, Collection<Setting<?>> settings) {
        settings.forEach(setting -> add(PREFIX + name + ".", setting));
    }

    /** Reports each key that means nothing. */
    public void check(Config config, Problems problems) {
        Map<String, String> ofApplication = ApplicationFiles.names(config);
        ofApplication.forEach((name, file) -> checkInFile(name, file, problems));
        for (ConfigSource source : config.getConfigSources()) {
            for (String name : source.getPropertyNames()) {
                if (!ofApplication.containsKey(name)) {
                    check(name, source, problems);
                }
            }
        }
    }

    private void check(String name, ConfigSource source, Problems problems) {
        if (source.getName().contains(APPLICATION_FILE)) {
            checkInFile(name, source.getName(), problems);
        } else if (meansNothing(name, source)) {
            Optional<String> renamed = renamed(name, source.getName());
            renamed.ifPresent(problems::add);
            if (renamed.isEmpty()) {
                LOG.log(Level.WARNING, unknown(name, source.getName()));
            }
        }
    }

    private void checkInFile(String name, String file, Problems problems) {
        if (meansNothingInFile(name)) {
            problems.add(renamed(name, file).orElseGet(() -> unknown(name, file)));
        }
    }

    /**
     * A file is read to the letter: a name that only the environment could have means nothing
     * there.
     */
    private boolean meansNothingInFile(String name) {
        String plain = PropertyNames.withoutProfile(name);
        return plain.startsWith(PREFIX)
                ? !known.contains(PropertyNames.withoutIndex(plain))
                : isKnownInEnvironment(PropertyNames.inEnvironment(plain));
    }

    private boolean meansNothing(String name, ConfigSource source) {
        String plain = PropertyNames.withoutProfile(name);
        if (plain.startsWith(PREFIX)) {
            return !known.contains(PropertyNames.withoutIndex(plain)) && !isDerived(name, source);
        }
        return PropertyNames.isOfEnvironment(name) && !isRead(name, source);
    }

    /**
     * Some implementations guess which property an environment variable stands for; the variable
     * itself is checked.
     */
    private static boolean isDerived(String name, ConfigSource source) {
        String variable = PropertyNames.inEnvironment(name);
        return source.getPropertyNames().stream()
                .anyMatch(other -> PropertyNames.isOfEnvironment(other)
                        && PropertyNames.inEnvironment(other).equals(variable));
    }

    /**
     * Whether a source that has this environment variable gives its value for the property that it
     * stands for.
     */
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

    private void add(String prefix, Setting<?> setting) {
        String key = prefix + setting.name();
        known.add(key);
        knownInEnvironment.add(PropertyNames.inEnvironment(key));
        for (String before : setting.formerNames()) {
            renamed.put(
                    PropertyNames.inEnvironment(prefix + before),
                    prefix + before + " is called " + key + " now. Set that; accepted: "
                            + setting.values().accepted() + ".");
        }
    }

    private Optional<String> renamed(String name, String source) {
        return Optional.ofNullable(renamed.get(variable(name)))
                .map(now ->
                        "LOCKSTEP-0014 " + name + " (from " + source + ") is a setting of an earlier version: " + now);
    }

    private String unknown(String name, String source) {
        return "LOCKSTEP-0002 " + name + " (from " + source + ") means nothing; did you mean " + nearest(name) + "?";
    }

    private String nearest(String name) {
        String variable = variable(name);
        return known.stream()
                .min(Comparator.comparingInt(key -> EditDistance.between(variable, PropertyNames.inEnvironment(key))))
                .orElseThrow();
    }

    /** The environment variable that would stand for the key of this name, in whatever form. */
    private static String variable(String name) {
        return PropertyNames.environmentWithoutProfile(PropertyNames.inEnvironment(PropertyNames.withoutProfile(name)));
    }
}
