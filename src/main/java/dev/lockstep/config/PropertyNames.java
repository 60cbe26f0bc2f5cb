package dev.lockstep.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms in which MicroProfile Config 3.1 accepts the name of a property. */
final class PropertyNames {

    private static final Pattern PROFILE = Pattern.compile("^%(\\{[^}]*}|[^.]*)\\.");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?i)^(?:_.+_)?(lockstep_[a-z0-9_]+)$");
    private static final Pattern ENVIRONMENT_INDEX = Pattern.compile("_\\d+_$");

    private PropertyNames() {}

    /** Without {@code %profile.} before it. */
    static String withoutProfile(String name) {
        return PROFILE.matcher(name).replaceFirst("");
    }

    /**
     * The profiles that a name is meant for: {@code %dev.name}, {@code %dev,test.name}; none where
     * it is for all.
     */
    static List<String> profiles(String name) {
        Matcher matcher = PROFILE.matcher(name);
        return matcher.find() ? separated(matcher.group(1).replaceAll("[{}]", "")) : List.of();
    }

    /** The elements of a list of names. */
    static List<String> separated(String names) {
        return Stream.of(names.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Without {@code [0]} behind it, which makes it an element of a list. */
    static String withoutIndex(String name) {
        return INDEX.matcher(name).replaceFirst("");
    }

    /** As an environment variable: {@code LOCKSTEP_WEB_PROTECT}. */
    static String inEnvironment(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * Whether this can be the name of an environment variable that stands for one of our
     * properties.
     */
    static boolean isOfEnvironment(String name) {
        return ENVIRONMENT.matcher(name).matches();
    }

    /**
     * An environment variable's name in upper case, without the profile:
     * {@code _PROD_LOCKSTEP_LEASE}.
     */
    static String environmentWithoutProfile(String name) {
        Matcher matcher = ENVIRONMENT.matcher(name);
        return matcher.matches() ? matcher.group(1).toUpperCase(Locale.ROOT) : name;
    }

    /** Whether an environment variable can stand for an element of a list. */
    static boolean isIndexedInEnvironment(String name) {
        return ENVIRONMENT_INDEX.matcher(name).find();
    }

    /** Without the index of an element of a list: {@code LOCKSTEP_WEB_PROTECT_0_}. */
    static String environmentWithoutIndex(String name) {
        return ENVIRONMENT_INDEX.matcher(name).replaceFirst("");
    }
}
