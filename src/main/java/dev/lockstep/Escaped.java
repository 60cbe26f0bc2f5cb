package dev.lockstep;

import java.util.Locale;

/**
 * Writes a text that comes from anybody so that it can't forge or hide a line of a log: control and
 * format characters, separators of lines, halves of surrogate pairs, and code points without a
 * character become <code>&#92;u000a</code>, and so does the backslash.
 */
final class Escaped {

    private Escaped() {}

    static String text(String text) {
        if (text.codePoints().allMatch(Escaped::isHarmless)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                escaped.appendCodePoint(c);
            } else {
                Character.toString(c)
                        .chars()
                        .forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
            }
        });
        return escaped.toString();
    }

    /** As the value of one of several keys: in quotes where it could end, or seem to. */
    static String value(String text) {
        String escaped = text(text);
        boolean plain = escaped.chars().noneMatch(c -> ",=\"".indexOf(c) >= 0);
        return plain ? escaped : '"' + escaped.replace("\"", "\\u0022") + '"';
    }

    private static boolean isHarmless(int c) {
        return c != '\\'
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
