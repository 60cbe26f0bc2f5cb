package dev.lockstep;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The cookie in which browsers keep a token (RFC 6265). Its name begins with {@code __Host-}, so
 * that browsers take it only over HTTPS, for this host alone and for all of its paths: no other
 * host of the domain can plant one. Scripts can't read it. It ends with the browser's session; how
 * long the token is good for is the server's to say. Immutable.
 *
 * <pre>
 * {@code response.addHeader("Set-Cookie", sessions.cookie().set(issued.token()));
 * }</pre>
 *
 * @param name as {@code lockstep.web.cookie} says
 * @param sameSite which requests of other sites carry it
 */
public record SessionCookie(String name, SameSite sameSite) {

    /** What every name begins with (RFC 6265bis, section 4.1.3.2). */
    public static final String PREFIX = "__Host-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4096}");

    /** Which requests of other sites carry the cookie (RFC 6265bis, section 4.1.2.7). */
    public enum SameSite {
        /** Only where the user follows a link. */
        LAX,
        /** None. */
        STRICT;

        private String attribute() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is none of such a cookie: {@link #PREFIX} and 1 to 100
     *     characters of a token (RFC 9110, section 5.6.2)
     */
    public SessionCookie {
        Objects.requireNonNull(sameSite, "sameSite");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a cookie that begins with " + PREFIX);
        }
    }

    /**
     * The value of a {@code Set-Cookie} header that has the browser keep a token. It holds the
     * secret.
     *
     * @throws IllegalArgumentException if the token can't be one that was issued
     */
    public String set(SessionToken token) {
        String value = token.value();
        if (!TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "LOCKSTEP-0412 No cookie can carry this: it is no token that was issued.");
        }
        return name + "=" + value + attributes();
    }

    /** The value of a {@code Set-Cookie} header that has the browser forget the token. */
    public String clear() {
        return name + "=; Max-Age=0" + attributes();
    }

    private String attributes() {
        return "; Path=/; Secure; HttpOnly; SameSite=" + sameSite.attribute();
    }
}
