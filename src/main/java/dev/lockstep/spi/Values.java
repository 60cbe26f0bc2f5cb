package dev.lockstep.spi;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
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
    private final Reader<T> reader;

    private Values(Class<?> type, String accepted, String range, boolean list, Reader<T> reader) {
        this.type = type;
        this.accepted = accepted;
        this.range = range;
        this.list = list;
        this.reader = reader;
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
     * A text that is parsed.
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
     * A list: its elements are separated by commas, or each is set with its index. What is wrong
     * with one of them is reported by itself.
     *
     * @param accepted in words, of each
     * @param parser throws an {@link IllegalArgumentException} for what is none
     */
    public static <E> Values<List<E>> list(String accepted, Function<String, E> parser) {
        return list(accepted, texts -> texts.stream().map(List::of).toList(), element -> parser.apply(element.get(0)));
    }

    /**
     * A list whose elements may have commas in them.
     *
     * @param accepted in words, of each
     * @param join makes the texts of each element of what is between commas
     * @param parser throws an {@link IllegalArgumentException} for what is none
     */
    public static <E> Values<List<E>> list(
            String accepted, Function<List<String>, List<List<String>>> join, Function<List<String>, E> parser) {
        return new Values<>(
                String.class,
                accepted,
                accepted,
                true,
                (texts, unusable) -> Optional.of(join.apply(texts).stream()
                        .flatMap(element -> parsed(element, parser, unusable).stream())
                        .toList()));
    }

    /** The same, with what is accepted in fewer words, for a table; in Markdown. */
    public Values<T> inTables(String shown) {
        return new Values<>(type, accepted, shown, list, reader);
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
        List<String> texts =
                list && text.isEmpty() ? List.of() : List.of(list ? text.split(",", -1) : new String[] {text});
        return reader.read(texts, unusable -> require(false, unusable)).orElseThrow();
    }

    /**
     * Empty where it is not set, or where a problem with it was reported; of a list, what can be
     * used.
     */
    Optional<T> read(Setting<?> setting, Settings settings) {
        List<String> found = found(setting, settings);
        return found.isEmpty()
                ? Optional.empty()
                : reader.read(found, unusable -> settings.problem(setting, unusable, accepted));
    }

    /** What somebody set; empty where it is not set. */
    Optional<String> written(Setting<?> setting, Settings settings) {
        return Optional.of(String.join(",", found(setting, settings))).filter(text -> !text.isEmpty());
    }

    /** The same, of a setting that may be left unset. */
    Values<Optional<T>> orUnset() {
        return as(type, Optional::of);
    }

    private List<String> found(Setting<?> setting, Settings settings) {
        return list
                ? settings.list(setting)
                : settings.text(setting).map(List::of).orElse(List.of());
    }

    private <S> Values<S> as(Class<?> another, Function<T, S> reading) {
        return new Values<>(
                another,
                accepted,
                range,
                list,
                (texts, unusable) -> reader.read(texts, unusable).map(reading));
    }

    private static <T> Values<T> of(Class<?> type, String accepted, String range, Function<String, T> parser) {
        return new Values<>(
                type,
                accepted,
                range,
                false,
                (texts, unusable) -> parsed(texts, each -> parser.apply(each.get(0)), unusable));
    }

    private static <T> Optional<T> parsed(
            List<String> texts, Function<List<String>, T> parser, Consumer<String> unusable) {
        try {
            return Optional.of(parser.apply(texts));
        } catch (IllegalArgumentException e) {
            unusable.accept(String.join(",", texts));
            return Optional.empty();
        }
    }

    private static <T> T require(boolean isOne, T value) {
        if (!isOne) {
            throw new IllegalArgumentException("none of the values");
        }
        return value;
    }

    /** Reads one or more texts, and tells which of them it can't use. */
    private interface Reader<T> {
        Optional<T> read(List<String> texts, Consumer<String> unusable);
    }
}
