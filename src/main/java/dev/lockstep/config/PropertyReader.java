package dev.lockstep.config;

import dev.lockstep.redaction.Redaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads properties so that what nobody set is never confused with what was set to no effect.
 * MicroProfile Config gives "empty" for a property that is not there, and for one that is blank or
 * can't be expanded; some implementations pass over a blank one to a source of less weight. Here
 * only the first is "not set"; everything else is a problem.
 *
 * <p>Each property is read once, however many ask for it. Confined to one thread.
 */
final class PropertyReader {

    /** Whose values are not to be shown. */
    private static final Pattern NEVER_SHOWN =
            Pattern.compile("(?i)pass(word|phrase)|secret|credential$|token(?!\\.prefix$)|^lockstep\\.key\\b");

    /** Whose values may hold what is not to be shown. */
    private static final Pattern SECRET = Pattern.compile(NEVER_SHOWN + "|credential|ur[il]s?$|user$|key$");

    /** Neither escaped nor between quotes: an even number of them follows. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\),(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final Config config;
    private final Profiles profiles;
    private final Problems problems;
    private final Set<String> unusable = new TreeSet<>();
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();

    /**
     * Names that may stand for an element of a list, as environment variables: few among hundreds,
     * so that no key has to look through all of them.
     */
    private final List<String> namesOfElements;

    PropertyReader(Config config, Problems problems) {
        this.config = config;
        this.profiles = Profiles.of(config);
        this.problems = problems;
        this.namesOfElements = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(name -> PropertyNames.inEnvironment(profiles.withoutActive(name)))
                .filter(PropertyNames::isIndexedInEnvironment)
                .toList();
    }

    /**
     * A property that is no list, without space around it; empty where nobody set it, or a problem
     * was reported.
     */
    Optional<String> text(String key) {
        return text(key, false);
    }

    /** @param mayBeEmpty whether to be set to nothing is to be set: the empty password, say */
    Optional<String> text(String key, boolean mayBeEmpty) {
        return texts.computeIfAbsent(key, each -> readText(each, mayBeEmpty));
    }

    /**
     * The elements of a list, separated by commas or each with its index; none where a problem was
     * reported.
     */
    List<String> list(String key) {
        return lists.computeIfAbsent(key, this::readList);
    }

    /** Reports a value that is none of those that are accepted. */
    void refuse(String key, String found, String accepted) {
        unusable.add(key);
        problems.badValue(key, isKeptSecret(key, found) ? "not shown" : found, accepted, sourceOf(key));
    }

    /** The value itself, or an element of it, rather than what describes it. */
    private boolean isKeptSecret(String key, String found) {
        return NEVER_SHOWN.matcher(key).find()
                && (lists.containsKey(key)
                        || text(key, true).filter(found::equals).isPresent());
    }

    /** Whether no problem was found with a property that was read. */
    boolean isUsable(String key) {
        return !unusable.contains(key);
    }

    /** Which source a property comes from. */
    Optional<String> sourceOf(String key) {
        return Optional.ofNullable(valueOf(key)).map(ConfigValue::getSourceName);
    }

    private Optional<String> readText(String key, boolean mayBeEmpty) {
        if (!indexes(key).isEmpty()) {
            unusable(key, "LOCKSTEP-0008 " + key + " is no list: set " + key + ", without an index.");
        }
        return single(key, mayBeEmpty);
    }

    private List<String> readList(String key) {
        SortedSet<Integer> indexes = indexes(key);
        return indexes.isEmpty() ? separated(key) : indexed(key, indexes);
    }

    private List<String> separated(String key) {
        List<String> elements = single(key, false).stream()
                .flatMap(value -> Stream.of(SEPARATOR.split(value, -1)))
                .map(element -> element.replace("\\,", ",").strip())
                .toList();
        if (elements.contains("")) {
            unusable(
                    key,
                    "LOCKSTEP-0009 An element of " + key + from(key) + " is empty: " + shown(key)
                            + ". Remove the comma, or give what is between the commas.");
        }
        return elements;
    }

    private List<String> indexed(String key, SortedSet<Integer> indexes) {
        if (valueOf(key) != null || indexes.last() != indexes.size() - 1) {
            unusable(
                    key,
                    "LOCKSTEP-0008 " + key + " is set in parts: give the whole list as " + key + ", or as " + key
                            + "[0], [1] and so on without a gap, but not both.");
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (int index : indexes) {
            String element = key + "[" + index + "]";
            Optional<String> value = single(element, false);
            value.ifPresent(elements::add);
            if (!isUsable(element)) {
                unusable.add(key);
            } else if (value.isEmpty()) {
                unusable(
                        key,
                        "LOCKSTEP-0008 " + element + " is set under a name that is not read. Write it as " + element
                                + ", or in the environment as " + PropertyNames.inEnvironment(element) + ".");
            }
        }
        return elements;
    }

    /**
     * The indexes of a list's elements, in whatever form somebody set them, for all profiles or for
     * an active one.
     */
    private SortedSet<Integer> indexes(String key) {
        return namesOfElements.isEmpty() ? Collections.emptySortedSet() : foundIndexes(key);
    }

    private SortedSet<Integer> foundIndexes(String key) {
        String ofProfile = profiles.inOrder().stream()
                .map(profile -> PropertyNames.inEnvironment("%" + profile + "."))
                .collect(Collectors.joining("|"));
        Pattern element = Pattern.compile("(?:" + ofProfile + ")?" + PropertyNames.inEnvironment(key) + "_(\\d{1,6})_");
        SortedSet<Integer> indexes = new TreeSet<>();
        for (String name : namesOfElements) {
            Matcher matcher = element.matcher(name);
            if (matcher.matches()) {
                indexes.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return indexes;
    }

    private Optional<String> single(String key, boolean mayBeEmpty) {
        try {
            ConfigValue value = valueOf(key);
            return blankSource(key, value, mayBeEmpty)
                    .map(source -> empty(key, source, mayBeEmpty))
                    .orElseGet(() -> value == null ? Optional.empty() : expanded(key, value, mayBeEmpty));
        } catch (RuntimeException e) {
            unusable(key, "LOCKSTEP-0007 " + key + " can't be read: " + reason(key, e) + ". Correct it, or remove it.");
            return Optional.empty();
        }
    }

    private Optional<String> expanded(String key, ConfigValue value, boolean mayBeEmpty) {
        String expanded = value.getValue();
        String raw = value.getRawValue();
        Set<String> undefined = raw.equals(expanded)
                ? Set.of()
                : Expressions.undefinedIn(
                        raw, name -> config.getConfigValue(name).getRawValue());
        if (expanded == null || !undefined.isEmpty()) {
            unusable(
                    key,
                    "LOCKSTEP-0007 " + key + from(key) + " can't be expanded: " + shown(key)
                            + (undefined.isEmpty() ? "" : "; not defined: " + String.join(", ", undefined))
                            + ". Define it, or give a default, as in ${name:default}.");
            return Optional.empty();
        }
        return expanded.isBlank() ? empty(key, value.getSourceName(), mayBeEmpty) : Optional.of(expanded.strip());
    }

    /**
     * A source that sets the property to nothing, and has at least as much weight as where its
     * value comes from: of two that weigh the same nobody knows which was meant to win. A property
     * that may be empty is what the configuration makes of them.
     */
    private Optional<String> blankSource(String key, @Nullable ConfigValue value, boolean mayBeEmpty) {
        int least = value == null ? Integer.MIN_VALUE : value.getSourceOrdinal();
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> source.getOrdinal() >= least)
                .filter(source -> source.getOrdinal() > least || !mayBeEmpty)
                .filter(source -> isBlank(source, key))
                .map(ConfigSource::getName)
                .findFirst();
    }

    private boolean isBlank(ConfigSource source, String key) {
        String found = profiles.valueIn(source, key);
        return found != null && found.isBlank();
    }

    private Optional<String> empty(String key, String source, boolean mayBeEmpty) {
        if (mayBeEmpty) {
            return Optional.of("");
        }
        unusable(
                key,
                "LOCKSTEP-0006 " + key + " (from " + source + ") is set to nothing. Give it a value, or remove it"
                        + " there: a setting is never switched off by an empty value.");
        return Optional.empty();
    }

    /** Null where nobody set it. */
    private @Nullable ConfigValue valueOf(String key) {
        ConfigValue value = config.getConfigValue(key);
        return value.getRawValue() == null ? null : value;
    }

    private String from(String key) {
        return sourceOf(key).map(source -> " (from " + source + ")").orElse("");
    }

    private String shown(String key) {
        ConfigValue value = valueOf(key);
        return value == null || SECRET.matcher(key).find() ? "its value is not shown" : '"' + value.getRawValue() + '"';
    }

    /** Implementations quote the value, or parts of it. */
    private static String reason(String key, RuntimeException e) {
        return SECRET.matcher(key).find()
                ? e.getClass().getSimpleName() + ", whose message may hold the value"
                : Redaction.text(String.valueOf(e.getMessage()));
    }

    private void unusable(String key, String message) {
        unusable.add(key);
        problems.add(message);
    }
}
