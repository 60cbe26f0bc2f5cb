package dev.lockstep.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds keys that begin with {@code lockstep.} but mean nothing. In the application's own file that is a problem, since
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

    public KnownKeys() {
        CORE.forEach(key -> known.add(LockstepConfig.PREFIX + key));
    }

    /** Adds the settings of one cache or channel. */
    public void addSettings(String name, Set<String> settings) {
        settings.forEach(setting -> known.add(LockstepConfig.PREFIX + name + "." + setting));
    }

    /** Reports each key that means nothing. */
    public void check(Config config, Problems problems) {
        for (ConfigSource source : config.getConfigSources()) {
            for (String key : source.getPropertyNames()) {
                if (key.startsWith(LockstepConfig.PREFIX) && !isKnown(key)) {
                    report(source.getName(), key, problems);
                }
            }
        }
    }

    /** {@code %profile.} keys are MicroProfile's; they do not begin with our prefix. */
    private boolean isKnown(String key) {
        return known.contains(key);
    }

    private void report(String source, String key, Problems problems) {
        String message =
                "LOCKSTEP-0002 " + key + " (from " + source + ") means nothing; did you mean " + nearest(key) + "?";
        if (source.contains(APPLICATION_FILE)) {
            problems.add(message);
        } else {
            LOG.log(Level.WARNING, message);
        }
    }

    private String nearest(String key) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(key, candidate)))
                .orElseThrow();
    }
}
