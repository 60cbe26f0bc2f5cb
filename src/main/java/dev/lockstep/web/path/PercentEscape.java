package dev.lockstep.web.path;

/** {@code %} and two hexadecimal digits, RFC 3986, section 2.1. */
final class PercentEscape {

    private PercentEscape() {}

    /**
     * The octet that is written at a percent sign, or -1 if it is not followed by two hexadecimal
     * digits.
     */
    static int at(CharSequence text, int percent) {
        return percent + 2 < text.length() ? octet(text.charAt(percent + 1), text.charAt(percent + 2)) : -1;
    }

    /** Likewise in ASCII. */
    static int at(byte[] text, int percent) {
        return percent + 2 < text.length ? octet(text[percent + 1], text[percent + 2]) : -1;
    }

    private static int octet(int high, int low) {
        int octet = (digit(high) << 4) | digit(low);
        return octet < 0 ? -1 : octet;
    }

    private static int digit(int c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
