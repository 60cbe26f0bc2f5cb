package dev.lockstep.store.jdbc.dialect;

/**
 * Which strings a database keeps as they are. PostgreSQL has no U+0000, and half a surrogate pair
 * has no encoding: two principals that differ only there would become one.
 */
public final class StorableText {

    private StorableText() {}

    /**
     * Whether the text is neither empty nor too long, and comes back from any database as it went
     * in.
     */
    public static boolean fits(String text, int maxLength) {
        return !text.isEmpty() && text.length() <= maxLength && keeps(text);
    }

    /** Whether the text comes back from any database as it went in. */
    public static boolean keeps(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
