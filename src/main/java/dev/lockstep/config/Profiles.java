package dev.lockstep.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The active profiles of a configuration. MicroProfile Config knows one
 * ({@code mp.config.profile}); some implementations take a list, of which the last has precedence,
 * and lists of profiles in names as well: {@code %dev,test.name}. Immutable.
 */
final class Profiles {

    private final List<String> active;

    private Profiles(List<String> active) {
        this.active = active;
    }

    static Profiles of(Config config) {
        @Nullable String profiles = config.getConfigValue("mp.config.profile").getValue();
        return new Profiles(profiles == null ? List.of() : PropertyNames.separated(profiles));
    }

    /** The one that has precedence comes last. */
    List<String> inOrder() {
        return active;
    }

    /** A property's name without its profile, if that is active; else the name as it is. */
    String withoutActive(String name) {
        return PropertyNames.profiles(name).stream().anyMatch(active::contains)
                ? PropertyNames.withoutProfile(name)
                : name;
    }

    /** What a source has for a property: for the active profiles, or else for all. */
    @Nullable
    String valueIn(ConfigSource source, String key) {
        List<String> firstWins = new ArrayList<>(active);
        Collections.reverse(firstWins);
        return firstWins.stream()
                .flatMap(profile -> valuesIn(source, profile, key))
                .findFirst()
                .orElseGet(() -> source.getValue(key));
    }

    private static Stream<String> valuesIn(ConfigSource source, String profile, String key) {
        Stream<String> ofList = source.getPropertyNames().stream()
                .filter(name -> PropertyNames.withoutProfile(name).equals(key))
                .filter(name -> PropertyNames.profiles(name).contains(profile));
        return Stream.concat(Stream.of("%" + profile + "." + key), ofList)
                .map(source::getValue)
                .filter(Objects::nonNull);
    }
}
