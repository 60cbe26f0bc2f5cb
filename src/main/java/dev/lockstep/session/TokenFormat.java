package dev.lockstep.session;

import dev.lockstep.SessionToken;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a token looks like: a prefix and {@value #SEPARATOR}, or neither, then
 * {@value #BODY_LENGTH} characters, base64url without padding (RFC 4648, section 5) of
 * {@value #RANDOM_BYTES} random bytes and a tag of {@value #TAG_BYTES}.
 *
 * <p>160 random bits are more than the 128 that OWASP ASVS asks for. Without the key nobody makes
 * the tag of bytes of their own choice, but by 2<sup>96</sup> tries. Tokens from before there were
 * tags have random bytes in its place.
 */
final class TokenFormat {

    static final int RANDOM_BYTES = 20;
    static final int TAG_BYTES = 12;
    static final int BYTES = RANDOM_BYTES + TAG_BYTES;

    /** Characters behind the prefix. */
    static final int BODY_LENGTH = 43;

    static final char SEPARATOR = '_';
    static final int LONGEST_PREFIX = 16;

    /** Of a whole token. */
    static final int MAX_LENGTH = LONGEST_PREFIX + 1 + BODY_LENGTH;

    /** What {@link #bodyStart} says of a token that has another form. */
    static final int NONE = -1;

    /** In words, of a prefix. */
    static final String PREFIX_IN_WORDS = "a letter and up to 15 letters and digits";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Of each character in the alphabet what it stands for; of others -1. */
    private static final byte[] VALUES = values();

    /** Of the last character, these are no part of any byte. */
    private static final int SPARE_BITS = 0b11;

    private static final Pattern PREFIX_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,15}");

    private TokenFormat() {}

    /**
     * A prefix of tokens; empty for none.
     *
     * @throws IllegalArgumentException if it can't be one
     */
    static String prefix(String text) {
        if (!text.isEmpty() && !PREFIX_FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(PREFIX_IN_WORDS);
        }
        return text;
    }

    /** What tokens begin with. */
    static String beginning(String prefix) {
        return prefix.isEmpty() ? "" : prefix + SEPARATOR;
    }

    /** Whether a token may be one of ours, by its length alone. */
    static boolean hasLength(SessionToken token) {
        return token.length() >= BODY_LENGTH && token.length() <= MAX_LENGTH;
    }

    /**
     * Where the characters behind the prefix begin; {@link #NONE} for a token of another form. The
     * alphabet of these characters is not looked at.
     */
    static int bodyStart(SessionToken token) {
        int start = token.length() - BODY_LENGTH;
        if (start == 0) {
            return 0;
        }
        boolean isPrefixed = start > 1
                && start <= LONGEST_PREFIX + 1
                && byteAt(token, start - 1) == SEPARATOR
                && isLetter(byteAt(token, 0))
                && areLettersAndDigits(token, start - 1);
        return isPrefixed ? start : NONE;
    }

    /** Whether a token has the form of ours; a logout looks at no more of it. */
    static boolean isForm(SessionToken token) {
        return bodyStart(token) != NONE;
    }

    /**
     * Reads the characters behind the prefix to the letter, and allocates nothing: the JDK's
     * decoder accepts several spellings of the same bytes.
     *
     * @param text has the characters from {@code from} on, as bytes
     * @param target gets {@value #BYTES} bytes from {@code to} on
     * @return whether these are the characters that an encoder makes of these bytes
     */
    static boolean decode(byte[] text, int from, byte[] target, int to) {
        int all = 0;
        int at = to;
        int end = from + BODY_LENGTH - 3;
        for (int i = from; i < end; i += 4) {
            int four = value(text[i]) << 18 | value(text[i + 1]) << 12 | value(text[i + 2]) << 6 | value(text[i + 3]);
            all |= four;
            target[at++] = (byte) (four >> 16);
            target[at++] = (byte) (four >> 8);
            target[at++] = (byte) four;
        }
        int last = value(text[end + 2]);
        int three = value(text[end]) << 12 | value(text[end + 1]) << 6 | last;
        target[at++] = (byte) (three >> 10);
        target[at] = (byte) (three >> 2);
        return (all | three) >= 0 && (last & SPARE_BITS) == 0;
    }

    /** Negative for what is not in the alphabet, and so is all that it is put together with. */
    private static int value(byte c) {
        return VALUES[c & 0xFF];
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }

    private static boolean areLettersAndDigits(SessionToken token, int end) {
        for (int i = 1; i < end; i++) {
            int c = byteAt(token, i);
            if (!isLetter(c) && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Of the characters before the last seven. */
    private static int byteAt(SessionToken token, int index) {
        return (int) token.bytesAt(index) & 0xFF;
    }
}
