package dev.lockstep.monitoring;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a node's meters. Immutable.
 *
 * @param libraries where meters are shown beside JMX: {@code auto}, {@code none}, or libraries
 * @param logoutGoal how soon a logout is to be true on every node
 */
public record MetricsSettings(List<String> libraries, Duration logoutGoal) {

    private static final String AUTO = "auto";
    private static final List<String> KNOWN = List.of(AUTO, "none", "micrometer", "opentelemetry", "microprofile");

    static final Setting<List<String>> LIBRARIES = Setting.of(
            "metrics",
            Values.list(
                    "`auto`, `none`, or some of `micrometer`, `opentelemetry`, `microprofile`", MetricsSettings::known),
            AUTO,
            "where [meters](../howto/metrics.md) are shown beside JMX; `auto`: by each of the three that is there");

    static final Setting<Duration> LOGOUT_GOAL = Setting.of(
            "metrics.logout-goal",
            Values.duration("10ms", "1h"),
            "500ms",
            "`lockstep.revocation.goal` counts the logouts that were true on every node by then");

    /** Their declarations. */
    public static final List<Setting<?>> SETTINGS = List.of(LIBRARIES, LOGOUT_GOAL);

    /** Copies the list. */
    public MetricsSettings {
        libraries = List.copyOf(libraries);
    }

    /** Reads them; what cannot be used is reported and replaced by its default. */
    public static MetricsSettings read(Settings settings) {
        return new MetricsSettings(settings.get(LIBRARIES), settings.get(LOGOUT_GOAL));
    }

    /** Whether meters are to be shown by a library, if it is there. */
    public boolean includes(String library) {
        return libraries.contains(AUTO) || libraries.contains(library);
    }

    private static String known(String library) {
        if (!KNOWN.contains(library)) {
            throw new IllegalArgumentException("none of them");
        }
        return library;
    }
}
