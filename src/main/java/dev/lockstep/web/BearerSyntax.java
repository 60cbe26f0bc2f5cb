package dev.lockstep.web;

/**
 * The grammar of RFC 6750, section 2.1: {@code "Bearer" 1*SP b64token}, character by character, without allocating.
 * Positions are into the header's value.
 */
final class BearerSyntax {

    private static final String SCHEME = "Bearer";

    /** By character; no other character belongs to a token. */
    private static final boolean[] IS_OF_TOKEN = new boolean[128];

    static {
        String others = "-._~+/";
        for (char c = 0; c < IS_OF_TOKEN.length; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            IS_OF_TOKEN[c] = letter || digit || others.indexOf(c) >= 0;
        }
    }

    private BearerSyntax() {}

    /** Whether the word at {@code start} is the scheme; in any case, RFC 9110, section 11.1. */
    static boolean isScheme(String header, int start, int end) {
        int after = start + SCHEME.length();
        return after <= end
                && header.regionMatches(true, start, SCHEME, 0, SCHEME.length())
                && (after == end || isBlank(header.charAt(after)));
    }

    /** Where the spaces after the scheme end. */
    static int startOfToken(String header, int start, int end) {
        int at = start + SCHEME.length();
        while (at < end && header.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Whether {@code start} to {@code end} is a b64token: {@code 1*( ALPHA / DIGIT / -._~+/ ) *"="}. */
    static boolean isToken(String header, int start, int end) {
        int padding = end;
        while (padding > start && header.charAt(padding - 1) == '=') {
            padding--;
        }
        boolean all = padding > start;
        for (int at = start; at < padding; at++) {
            all &= isTokenCharacter(header.charAt(at));
        }
        return all;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
        return c < IS_OF_TOKEN.length && IS_OF_TOKEN[c];
    }
}
