package dev.lockstep.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: ISO-8601 ({@code PT2S}), or a whole number with a unit
 * ({@code 2s}).
 */
final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** The longest first. */
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /** @throws IllegalArgumentException if the text is not a duration */
    static Duration parse(String text) {
        Matcher shortForm = SHORT.matcher(text);
        if (shortForm.matches()) {
            return unit(shortForm.group(2)).multipliedBy(Long.parseLong(shortForm.group(1)));
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text + " is no duration", e);
        }
    }

    /** In the longest unit of which it is a whole number. */
    static String shown(Duration duration) {
        if (duration.isZero()) {
            return "0";
        }
        for (String unit : UNITS) {
            long number = duration.dividedBy(unit(unit));
            if (unit(unit).multipliedBy(number).equals(duration)) {
                return number + unit;
            }
        }
        return duration.toString();
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
