package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks values, and reports each that cannot be used under the key that holds it. Confined to one
 * thread.
 */
final class CheckedSettings {

    private final PrefixedSettings settings;
    private boolean usable = true;

    CheckedSettings(PrefixedSettings settings) {
        this.settings = settings;
    }

    /** Whether nothing was reported so far. */
    boolean areUsable() {
        return usable;
    }

    /** What can be used of a list. */
    <R> List<R> each(Setting<List<String>> setting, Function<String, R> check) {
        return each(setting, settings.get(setting), check);
    }

    /** What can be used of these elements of a list. */
    <T, R> List<R> each(Setting<List<String>> setting, List<T> elements, Function<T, R> check) {
        List<R> read = new ArrayList<>();
        elements.forEach(element -> attempt(setting, () -> check.apply(element)).ifPresent(read::add));
        return read;
    }

    /** The outcome of a check, or empty after a report. */
    <R> Optional<R> attempt(Setting<?> setting, Supplier<R> check) {
        try {
            return Optional.of(check.get());
        } catch (UnusableValue e) {
            usable = false;
            settings.problem(setting, e.found(), e.accepted());
            return Optional.empty();
        }
    }
}
