package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.config.WebConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Reads the configuration of a filter as a deployment does. */
final class WebConfigs {

    private WebConfigs() {}

    /** @param properties by their whole keys */
    static WebConfig of(Map<String, String> properties) {
        Problems problems = new Problems();
        WebConfig config = WebConfig.read(PrefixedSettings.ofDeployment(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build(),
                problems));
        assertThat(problems.messages()).isEmpty();
        return config;
    }
}
