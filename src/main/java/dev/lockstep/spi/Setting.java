package dev.lockstep.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one configuration key: its name, the values that it takes, its default and
 * what it means. It is declared once, as a constant of the record of settings that it goes into;
 * what reads it, the check for unknown keys, the reference and what editors propose come from
 * there. Immutable.
 *
 * <pre>
 * {@code static final Setting<Duration> TIMEOUT =
 *         Setting.of("timeout", Values.duration("10ms", "2m"), "5s", "the deadline of any call");
 * }</pre>
 *
 * @param <T> what it is read as; an {@link Optional} where it may be left unset
 */
public final class Setting<T> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    private final String name;
    private final Values<T> values;
    private final T byDefault;
    private final String shownDefault;
    private final String meaning;
    private final boolean mayBeEmpty;
    private final List<String> formerNames;

    private Setting(
            String name,
            Values<T> values,
            T byDefault,
            String shownDefault,
            String meaning,
            boolean mayBeEmpty,
            List<String> formerNames) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name + ": lower-case letters and digits, with dots and hyphens between");
        }
        this.name = name;
        this.values = values;
        this.byDefault = byDefault;
        this.shownDefault = shownDefault;
        this.meaning = meaning;
        this.mayBeEmpty = mayBeEmpty;
        this.formerNames = formerNames;
    }

    /**
     * A setting with a default.
     *
     * @param name without the prefix, in lower case, with dots and hyphens:
     *     {@code tls.key-password}
     * @param byDefault as one would write it
     * @param meaning a sentence without a full stop, in Markdown
     * @throws IllegalArgumentException if the default is none of the values
     */
    public static <T> Setting<T> of(String name, Values<T> values, String byDefault, String meaning) {
        return new Setting<>(name, values, values.parse(byDefault), byDefault, meaning, false, List.of());
    }

    /** A setting that may be left unset; the parameters are those of {@link #of}. */
    public static <T> Setting<Optional<T>> optional(String name, Values<T> values, String meaning) {
        return new Setting<>(name, values.orUnset(), Optional.empty(), "", meaning, false, List.of());
    }

    /** Several lists of settings in one. */
    @SafeVarargs
    public static List<Setting<?>> all(List<Setting<?>>... parts) {
        List<Setting<?>> all = new ArrayList<>();
        for (List<Setting<?>> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    /** The same, with what is shown for its default: {@code the context path}. */
    public Setting<T> whereUnset(String shown) {
        return new Setting<>(name, values, byDefault, shown, meaning, mayBeEmpty, formerNames);
    }

    /** The same, whose empty value is a value: the empty password. */
    public Setting<T> orEmpty() {
        return new Setting<>(name, values, byDefault, shownDefault, meaning, true, formerNames);
    }

    /**
     * The same, with names under which it was known before; whoever uses one of them is told the
     * present one.
     */
    public Setting<T> formerly(String... names) {
        return new Setting<>(name, values, byDefault, shownDefault, meaning, mayBeEmpty, List.of(names));
    }

    /** The same key with values and a default that depend on other settings. */
    public <S> Setting<S> as(Values<S> narrower, S otherwise) {
        return new Setting<>(name, narrower, otherwise, shownDefault, meaning, mayBeEmpty, formerNames);
    }

    /** Without the prefix. */
    public String name() {
        return name;
    }

    /** What it can be set to. */
    public Values<T> values() {
        return values;
    }

    /** What it is where nobody sets it. */
    public T byDefault() {
        return byDefault;
    }

    /** The default for people, as one would write it or in words; empty where there is none. */
    public String shownDefault() {
        return shownDefault;
    }

    /** A sentence without a full stop, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Whether it may be set to nothing. */
    public boolean mayBeEmpty() {
        return mayBeEmpty;
    }

    /** What it was called before. */
    public List<String> formerNames() {
        return formerNames;
    }

    @Override
    public String toString() {
        return name;
    }
}
