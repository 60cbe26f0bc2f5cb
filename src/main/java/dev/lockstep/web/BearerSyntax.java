package dev.lockstep.web;

/**
 * The grammar of RFC 6750, section 2.1: {@code "Bearer" 1*SP b64token}, up to the token, without allocating. Positions
 * are into the header's value.
 */
final class BearerSyntax {

    private static final String SCHEME = "Bearer";

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

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
