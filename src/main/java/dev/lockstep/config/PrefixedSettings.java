package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings under one prefix of a MicroProfile configuration. Confined to one thread. */
public final class PrefixedSettings implements Settings {

    private final PropertyReader properties;
    private final String prefix;

    /** @param prefix with the dot at its end */
    public PrefixedSettings(Config config, String prefix, Problems problems) {
        this(new PropertyReader(config, problems), prefix);
    }

    private PrefixedSettings(PropertyReader properties, String prefix) {
        this.properties = properties;
        this.prefix = prefix;
    }

    /** All settings of a deployment: none of them is read twice, whoever asks for it. */
    public static PrefixedSettings ofDeployment(Config config, Problems problems) {
        return new PrefixedSettings(config, KnownKeys.PREFIX, problems);
    }

    /** Those of one cache or channel. */
    public PrefixedSettings of(String name) {
        return new PrefixedSettings(properties, prefix + name + ".");
    }

    @Override
    public Optional<String> text(Setting<?> setting) {
        return properties.text(key(setting), setting.mayBeEmpty());
    }

    @Override
    public List<String> list(Setting<?> setting) {
        return properties.list(key(setting));
    }

    @Override
    public void problem(Setting<?> setting, String found, String accepted) {
        properties.refuse(key(setting), found, accepted);
    }

    /** Whether no problem was found with a setting that was read. */
    boolean isUsable(Setting<?> setting) {
        return properties.isUsable(key(setting));
    }

    private String key(Setting<?> setting) {
        return prefix + setting.name();
    }
}
