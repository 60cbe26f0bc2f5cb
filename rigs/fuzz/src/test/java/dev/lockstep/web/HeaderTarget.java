package dev.lockstep.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Authorization} header, beside its grammar as a regular expression. */
public final class HeaderTarget {

    private static final Pattern BEARER = Pattern.compile("(?i:Bearer)(?: +(.*)|(\t.*)|)", Pattern.DOTALL);

    private HeaderTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String header = new String(bytes, UTF_8);
        assertThat(Credentials.parse(header)).isEqualTo(byGrammar(header));
    }

    private static Credentials byGrammar(String header) {
        Matcher bearer = BEARER.matcher(trimmed(header));
        if (!bearer.matches()) {
            return Credentials.Unusable.NONE;
        }
        String token = bearer.group(1) == null ? bearer.group(2) : bearer.group(1);
        return token == null || token.isEmpty()
                ? Credentials.Unusable.INVALID_REQUEST
                : new Credentials.Bearer(SessionToken.of(token));
    }

    /** Without spaces and tabs around it. */
    private static String trimmed(String header) {
        int start = 0;
        int end = header.length();
        while (start < end && " \t".indexOf(header.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \t".indexOf(header.charAt(end - 1)) >= 0) {
            end--;
        }
        return header.substring(start, end);
    }
}
