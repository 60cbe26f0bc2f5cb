package dev.lockstep.spi;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What values a {@link Setting} takes: one text each, or the elements of a list. Immutable.
 *
 * @param <T> what they are read as
 */
public final class Values<T> {

    private final Class<?> type;
    private final String accepted;
    private final String range;
    private final boolean list;
    private final Function<List<String>, T> parser;

    private Values(Class<?> type, String accepted, String range, boolean list, Function<List<String>, T> parser) {
        this.type = type;
        this.accepted = accepted;
        this.range = range;
        this.list = list;
        this.parser = parser;
    }

    /**
     * Any text.
     *
     * @param accepted in words
     */
    public static Values<String> text(String accepted) {
        return parsed(accepted, text -> text);
    }

    /**
     * A text that is more than that.
     *
     * @param accepted in words
     * @param parser throws an {@link IllegalArgumentException} for what is none
     */
    public static <T> Values<T> parsed(String accepted, Function<String, T> parser) {
        return of(String.class, accepted, accepted, parser);
    }

    /** One of these texts. */
    public static Values<String> choice(String... values) {
        List<String> known = List.of(values);
        return of(
                String.class,
                String.join(", ", new TreeSet<>(known)),
                "`" + String.join("`, `", known) + "`",
                text -> require(known.contains(text), text));
    }

    /** One of these constants, in lower case. */
    public static <E extends Enum<E>> Values<E> choice(Class<E> constants) {
        return choice(Stream.of(constants.getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new))
                .as(String.class, text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)));
    }

    /** {@code true} or {@code false}. */
    public static Values<Boolean> flag() {
        return choice("true", "false").as(boolean.class, Boolean::valueOf);
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Values<Integer> number(int min, int max) {
        return of(int.class, "a whole number from " + min + " to " + max, min + " to " + max, text -> {
            int number = Integer.parseInt(require(text.matches("-?\\d+"), text));
            return require(number >= min && number <= max, number);
        });
    }

    /** {@link #duration(Duration, Duration)}, the bounds as one would write them. */
    public static Values<Duration> duration(String min, String max) {
        return duration(Durations.parse(min), Durations.parse(max));
    }

    /**
     * A duration from {@code min} to {@code max}, in ISO-8601 ({@code PT2S}) or as {@code 500ms},
     * {@code 2s}, {@code 15m}, {@code 12h}, {@code 1d}.
     */
    public static Values<Duration> duration(Duration min, Duration max) {
        return of(
                String.class,
                "a duration from " + min + " to " + max + ", such as PT2S, 2s, 15m",
                Durations.shown(min) + " to " + Durations.shown(max),
                text -> {
                    Duration found = Durations.parse(text);
                    return require(found.compareTo(min) >= 0 && found.compareTo(max) <= 0, found);
                });
    }

    /**
     * Texts separated by commas, or each with its index.
     *
     * @param accepted in words, of each
     */
    public static Values<List<String>> list(String accepted) {
        return new Values<>(String.class, accepted, accepted, true, elements -> elements);
    }

    /** What is accepted, for messages: {@code a whole number from 1 to 100}. */
    public String accepted() {
        return accepted;
    }

    /** What is accepted, for a table, in Markdown: {@code 1 to 100}. */
    public String range() {
        return range;
    }

    /** {@code int}, {@code boolean}, or {@code String} for whatever is written in another way. */
    public Class<?> type() {
        return type;
    }

    /**
     * Reads what one would write; an empty text is an empty list.
     *
     * @throws IllegalArgumentException if it is none of the values
     */
    T parse(String text) {
        return parser.apply(list && text.isEmpty() ? List.of() : list ? List.of(text.split(",", -1)) : List.of(text));
    }

    /** Empty where it is not set, or where a problem with it was reported. */
    Optional<T> read(Setting<?> setting, Settings settings) {
        List<String> found = found(setting, settings);
        try {
            return found.isEmpty() ? Optional.empty() : Optional.of(parser.apply(found));
        } catch (IllegalArgumentException e) {
            settings.problem(setting, String.join(",", found), accepted);
            return Optional.empty();
        }
    }

    /** What somebody set; empty where it is not set. */
    Optional<String> written(Setting<?> setting, Settings settings) {
        return Optional.of(String.join(",", found(setting, settings))).filter(text -> !text.isEmpty());
    }

    /** The same, of a setting that may be left unset. */
    Values<Optional<T>> orUnset() {
        return new Values<>(type, accepted, range, list, parser.andThen(Optional::of));
    }

    private List<String> found(Setting<?> setting, Settings settings) {
        return list
                ? settings.list(setting)
                : settings.text(setting).map(List::of).orElse(List.of());
    }

    private <S> Values<S> as(Class<?> another, Function<T, S> reading) {
        return new Values<>(another, accepted, range, list, parser.andThen(reading));
    }

    private static <T> Values<T> of(Class<?> type, String accepted, String range, Function<String, T> parser) {
        return new Values<>(type, accepted, range, false, elements -> parser.apply(elements.get(0)));
    }

    private static <T> T require(boolean isOne, T value) {
        if (!isOne) {
            throw new IllegalArgumentException("none of the values");
        }
        return value;
    }
}
