package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import dev.lockstep.web.path.PathPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The {@code lockstep.endpoints} part: Lockstep's own servlet. Immutable.
 *
 * @param path what is served, {@code /lockstep/*}; empty if nothing is
 * @param admin groups of which one is needed to administrate; empty: nobody may
 * @param gateway groups of which one is needed to ask about tokens; empty: nobody may
 */
public record EndpointsConfig(Optional<PathPattern> path, Set<String> admin, Set<String> gateway) {

    static final Setting<Optional<PathPattern>> PATH = Setting.optional(
            "endpoints.path",
            Values.parsed(
                    "a path within the application, such as /lockstep, without a slash at its end",
                    EndpointsConfig::path),
            "where Lockstep serves its own pages and its HTTP interface");

    static final Setting<List<String>> ADMIN = Setting.of(
            "endpoints.admin",
            groups(),
            "",
            "who may see and end the sessions of others: one of these groups is needed; without it nobody may");

    static final Setting<List<String>> GATEWAY = Setting.of(
            "endpoints.gateway",
            groups(),
            "",
            "who may ask whether a token is live, and revoke tokens and principals (RFC 7009, RFC 7662, Global Token"
                    + " Revocation): one of these groups is needed; without it nobody may");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(PATH, ADMIN, GATEWAY);

    /** What can be used of the configuration; a problem that was reported fails the deployment. */
    static EndpointsConfig read(Settings settings) {
        Optional<PathPattern> path = settings.get(PATH);
        if (settings.written(PATH).isEmpty()) {
            List.of(ADMIN, GATEWAY)
                    .forEach(setting ->
                            settings.refuse(setting, "nothing unless lockstep.endpoints.path is set as well"));
        }
        return new EndpointsConfig(path, Set.copyOf(settings.get(ADMIN)), Set.copyOf(settings.get(GATEWAY)));
    }

    /**
     * The path alone, for a server that asks before the application's configuration is read; empty
     * also where it can't be used, which is reported later.
     */
    public static Optional<PathPattern> configuredPath() {
        return PrefixedSettings.ofDeployment(ConfigProvider.getConfig(), new Problems())
                .get(PATH);
    }

    private static PathPattern path(String text) {
        PathPattern exact = PathPattern.parse(text);
        if (exact.isPrefix() || text.endsWith("/")) {
            throw new IllegalArgumentException("no path of one place");
        }
        return new PathPattern(exact.text() + "/*");
    }

    private static Values<List<String>> groups() {
        return Values.list("names of groups", group -> {
            if (group.isBlank()) {
                throw new IllegalArgumentException("no name");
            }
            return group;
        });
    }
}
