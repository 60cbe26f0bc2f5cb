package dev.lockstep.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Reads settings under one prefix. A value that cannot be used is reported, with the property, the value and what would
 * be accepted, and the default is returned, so that all problems of a deployment come to light at once.
 */
public interface Settings {

    /**
     * A text without space around it, or empty where it is not set. One that is set to nothing, or refers to properties
     * that are not defined, is reported.
     */
    Optional<String> text(String name);

    /** A text that must be one of these. */
    String choice(String name, String defaultValue, Set<String> accepted);

    /** {@code true} or {@code false}. */
    default boolean flag(String name, boolean defaultValue) {
        return choice(name, String.valueOf(defaultValue), Set.of("true", "false"))
                .equals("true");
    }

    /** A whole number from {@code min} to {@code max}. */
    long number(String name, long defaultValue, long min, long max);

    /** A duration in ISO-8601 ({@code PT2S}) or as {@code 500ms}, {@code 2s}, {@code 15m}, {@code 12h}, {@code 1d}. */
    Duration duration(String name, Duration defaultValue, Duration min, Duration max);

    /** Reports a problem with a setting that was read. */
    void problem(String name, String found, String accepted);
}
