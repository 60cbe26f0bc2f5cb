package dev.lockstep.cache.infinispan;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a node listens, as it is configured: an IP address, or a name such as {@code SITE_LOCAL}.
 * Immutable.
 *
 * @param text as configured
 */
record BindAddress(String text) {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern NUMERIC =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*]?");

    /** Whether it is one of the two: what looks like an address must be one. */
    boolean isAddressOrName() {
        return !looksNumeric() || address().isPresent();
    }

    /** Names that are no address, such as SITE_LOCAL, stand for one that others may reach. */
    boolean isLoopback() {
        return text.equalsIgnoreCase("LOOPBACK")
                || text.equals("localhost")
                || address().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private boolean looksNumeric() {
        return text.contains(":") || text.matches("[0-9.]+");
    }

    /** Empty for what is none. What {@link #NUMERIC} matches is never looked up as a name. */
    private Optional<InetAddress> address() {
        return NUMERIC.matcher(text).matches()
                ? Optional.ofNullable(new InetSocketAddress(text, 0).getAddress())
                : Optional.empty();
    }
}
