package dev.lockstep.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Reads the configuration of a filter as a deployment does. */
public final class WebConfigs {

    private WebConfigs() {}

    /**
     * @param properties by their whole keys
     * @throws IllegalArgumentException for a configuration that a deployment would refuse; its
     *     message is that of all problems
     */
    public static WebConfig of(Map<String, String> properties) {
        Problems problems = new Problems();
        WebConfig config = read(properties, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems.messages()));
        }
        return config;
    }

    /** What is wrong with a configuration. */
    static List<String> problems(Map<String, String> properties) {
        Problems problems = new Problems();
        var unused = read(properties, problems);
        return problems.messages();
    }

    private static WebConfig read(Map<String, String> properties, Problems problems) {
        return WebConfig.read(PrefixedSettings.ofDeployment(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build(),
                problems));
    }
}
