package dev.lockstep.contract;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings from a map, without their prefix; remembers what was found wrong and what was asked for.
 */
public final class MapSettings implements Settings {

    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    public MapSettings(Map<String, String> values) {
        this.values = values;
    }

    /** Each as {@code name=found: accepted}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The names that were read. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    @Override
    public Optional<String> text(Setting<?> setting) {
        asked.add(setting.name());
        return Optional.ofNullable(values.get(setting.name())).filter(value -> !value.isEmpty());
    }

    @Override
    public List<String> list(Setting<?> setting) {
        return text(setting).map(value -> List.of(value.split(","))).orElse(List.of());
    }

    @Override
    public void problem(Setting<?> setting, String found, String accepted) {
        problems.add(setting.name() + "=" + found + ": " + accepted);
    }
}
