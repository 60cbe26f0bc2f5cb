package dev.lockstep.spi;

import java.util.List;
import java.util.Optional;

/**
 * Reads settings under one prefix. A value that cannot be used is reported, with the property, the
 * value and what would be accepted, and the default is returned, or what can be used of a list, so
 * that all problems of a deployment come to light at once. Confined to the thread that configures.
 */
public interface Settings {

    /** What a setting is, by configuration or by default. */
    default <T> T get(Setting<T> setting) {
        return setting.values().read(setting, this).orElse(setting.byDefault());
    }

    /** The value as it was written; empty where it is not set. */
    default Optional<String> written(Setting<?> setting) {
        return setting.values().written(setting, this);
    }

    /**
     * A text without space around it, or empty where it is not set. One that is set to nothing, or
     * refers to properties that are not defined, is reported.
     */
    Optional<String> text(Setting<?> setting);

    /**
     * The elements of a list; none where it is not set. What is wrong with one is reported as for a
     * text.
     */
    List<String> list(Setting<?> setting);

    /** Reports a problem with a setting that was read. */
    void problem(Setting<?> setting, String found, String accepted);

    /** Reports a setting that was set although nothing reads it: whoever set it relies on it. */
    default void refuse(Setting<?> setting, String accepted) {
        written(setting).ifPresent(found -> problem(setting, found, accepted));
    }
}
