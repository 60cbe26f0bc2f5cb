package dev.lockstep.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCookie;
import dev.lockstep.SessionCookie.SameSite;
import dev.lockstep.SessionToken;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The {@code Cookie} headers of a request that the application's own page has made: lines of the
 * input.
 */
public final class CookieTarget {

    private static final String NAME = "__Host-session";

    private static final CookieCredentials CREDENTIALS = new CookieCredentials(new SessionCookie(NAME, SameSite.LAX));

    private CookieTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        List<String> headers = List.of(new String(bytes, UTF_8).split("\n", 9));
        List<String> values = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(pair -> pair.replaceFirst("^ +", ""))
                .filter(pair -> pair.startsWith(NAME + "="))
                .map(pair -> pair.substring(NAME.length() + 1))
                .toList();
        assertThat(CREDENTIALS.of(request(headers))).isEqualTo(expected(values));
    }

    private static Credentials expected(List<String> values) {
        if (values.isEmpty()) {
            return Credentials.Unusable.NONE;
        }
        return values.size() > 1 || values.get(0).isEmpty()
                ? Credentials.Unusable.INVALID_REQUEST
                : new Credentials.Bearer(SessionToken.of(values.get(0)));
    }

    private static HttpServletRequest request(List<String> cookies) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> headers((String) arguments[0], cookies);
                    case "getHeader" -> "Sec-Fetch-Site".equals(arguments[0]) ? "same-origin" : null;
                    case "getMethod" -> "POST";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Enumeration<String> headers(String name, List<String> cookies) {
        return Collections.enumeration(
                switch (name) {
                    case "Cookie" -> cookies;
                    case "Sec-Fetch-Site" -> List.of("same-origin");
                    default -> List.<String>of();
                });
    }
}
