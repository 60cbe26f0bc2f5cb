package dev.lockstep.cache.hotrod;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code hotrod://USER:PASSWORD@HOST:PORT,HOST:PORT}. Parameters are not taken: they could turn on
 * what must be off, such as a near cache. Immutable.
 *
 * @param tls whether it began with {@code hotrods}
 * @param servers where to find some servers of the cluster, unresolved
 */
record ServerUri(boolean tls, Optional<String> user, Optional<String> password, List<InetSocketAddress> servers) {

    private static final int DEFAULT_PORT = 11_222;

    /**
     * @throws IllegalArgumentException if it is not such a URI; the message does not quote it, as
     *     it may hold a password
     */
    static ServerUri parse(String text) {
        URI uri = uri(text);
        String authority = uri.getRawAuthority();
        boolean plain = "hotrod".equals(uri.getScheme());
        boolean complete = (plain || "hotrods".equals(uri.getScheme())) && authority != null;
        if (!complete || uri.getRawQuery() != null || !rest(uri).isEmpty()) {
            throw new IllegalArgumentException("what is no hotrod:// URI, or one with more than servers");
        }
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        return new ServerUri(
                !plain,
                part(colon < 0 ? login : login.substring(0, colon)),
                part(colon < 0 ? "" : login.substring(colon + 1)),
                Stream.of(authority.substring(at + 1).split(",", -1))
                        .map(ServerUri::server)
                        .toList());
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return (tls ? "hotrods://" : "hotrod://") + servers;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what is no URI", null);
        }
    }

    private static String rest(URI uri) {
        return orEmpty(uri.getRawPath()) + orEmpty(uri.getRawFragment());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What is percent-encoded is decoded. */
    private static Optional<String> part(String encoded) {
        try {
            return encoded.isEmpty()
                    ? Optional.empty()
                    : Optional.of(URI.create("x://host/" + encoded).getPath().substring(1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a URI whose user or password has to be percent-encoded", null);
        }
    }

    /** An IPv6 address stands in brackets. */
    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        boolean portless = colon < 0 || text.endsWith("]");
        String host = portless ? text : text.substring(0, colon);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a URI with a server that has no host");
        }
        return InetSocketAddress.createUnresolved(host, portless ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a URI with a port that is no number", null);
        }
    }
}
