package dev.lockstep.contract;

import dev.lockstep.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings from a map, without their prefix; remembers what was found wrong and what was asked for. */
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
    public Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String choice(String name, String defaultValue, Set<String> accepted) {
        String found = text(name).orElse(defaultValue);
        if (!accepted.contains(found)) {
            problem(name, found, String.join(", ", new TreeSet<>(accepted)));
            return defaultValue;
        }
        return found;
    }

    @Override
    public long number(String name, long defaultValue, long min, long max) {
        long found = text(name).map(Long::parseLong).orElse(defaultValue);
        if (found < min || found > max) {
            problem(name, String.valueOf(found), min + " to " + max);
            return defaultValue;
        }
        return found;
    }

    @Override
    public Duration duration(String name, Duration defaultValue, Duration min, Duration max) {
        Duration found = text(name).map(Duration::parse).orElse(defaultValue);
        if (found.compareTo(min) < 0 || found.compareTo(max) > 0) {
            problem(name, found.toString(), min + " to " + max);
            return defaultValue;
        }
        return found;
    }

    @Override
    public void problem(String name, String found, String accepted) {
        problems.add(name + "=" + found + ": " + accepted);
    }
}
