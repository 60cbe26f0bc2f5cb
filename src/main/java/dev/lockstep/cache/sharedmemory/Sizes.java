package dev.lockstep.cache.sharedmemory;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 64m}, {@code 1g}. Stateless. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg]?)");
    private static final int SHIFT = 10;

    private Sizes() {}

    /** Bytes; empty where this isn't a size. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) << (SHIFT * " kmg".indexOf(unit(matcher))))
                : Optional.empty();
    }

    private static char unit(Matcher matcher) {
        return matcher.group(2).isEmpty() ? ' ' : matcher.group(2).charAt(0);
    }
}
