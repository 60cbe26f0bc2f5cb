package dev.lockstep.config;

import dev.lockstep.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** The settings under one prefix of a MicroProfile configuration. Confined to one thread. */
public final class PrefixedSettings implements Settings {

    private final PropertyReader properties;
    private final String prefix;
    private final Problems problems;

    /** @param prefix with the dot at its end */
    public PrefixedSettings(Config config, String prefix, Problems problems) {
        this.properties = new PropertyReader(config, problems);
        this.prefix = prefix;
        this.problems = problems;
    }

    @Override
    public Optional<String> text(String name) {
        return properties.text(prefix + name);
    }

    @Override
    public String choice(String name, String defaultValue, Set<String> accepted) {
        return parsed(name, defaultValue, text -> Optional.of(text).filter(accepted::contains), list(accepted));
    }

    @Override
    public long number(String name, long defaultValue, long min, long max) {
        return parsed(
                name,
                defaultValue,
                text -> wholeNumber(text).filter(value -> value >= min && value <= max),
                "a whole number from " + min + " to " + max);
    }

    @Override
    public Duration duration(String name, Duration defaultValue, Duration min, Duration max) {
        return parsed(
                name,
                defaultValue,
                text -> Durations.parse(text).filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0),
                "a duration from " + min + " to " + max + ", such as PT2S, 2s, 15m");
    }

    @Override
    public void problem(String name, String found, String accepted) {
        problems.badValue(prefix + name, found, accepted, properties.sourceOf(prefix + name));
    }

    /** The elements of a list. */
    public List<String> list(String name) {
        return properties.list(prefix + name);
    }

    /** Whether no problem was found in reading a setting; what it says may be wrong all the same. */
    boolean isReadable(String name) {
        return properties.isUsable(prefix + name);
    }

    private <T> T parsed(String name, T defaultValue, Function<String, Optional<T>> parser, String accepted) {
        Optional<String> found = text(name);
        if (found.isEmpty()) {
            return defaultValue;
        }
        Optional<T> value = parser.apply(found.get());
        if (value.isEmpty()) {
            problem(name, found.get(), accepted);
        }
        return value.orElse(defaultValue);
    }

    private static Optional<Long> wholeNumber(String text) {
        return text.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String list(Set<String> accepted) {
        return String.join(", ", new TreeSet<>(accepted));
    }
}
