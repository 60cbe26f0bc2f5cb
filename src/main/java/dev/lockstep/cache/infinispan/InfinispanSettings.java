package dev.lockstep.cache.infinispan;

import dev.lockstep.cache.tls.TlsStores;
import dev.lockstep.spi.Settings;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the nodes find each other, and what they keep. Immutable.
 *
 * @param stack {@code local}, {@code tcp}, {@code kubernetes}, or a JGroups file
 * @param configuration a whole Infinispan file instead
 * @param jndi where a cache manager is bound instead
 * @param ownManager whether any of these three was set, so that no bean of the application is looked for
 * @param cache the cache's name, where it is not derived from the application's
 * @param replicated each copy on all nodes, or on {@code owners} of them
 * @param cluster the cluster's name, where it is not derived from the application's
 * @param failureTimeout after which a silent node is taken out of the cluster
 * @param secret encrypts what nodes say, for those who know it
 * @param tls certificates that nodes show each other
 */
record InfinispanSettings(
        String stack,
        Optional<String> configuration,
        Optional<String> jndi,
        boolean ownManager,
        Optional<String> cache,
        boolean replicated,
        int owners,
        Optional<String> cluster,
        Optional<String> node,
        String bindAddress,
        int bindPort,
        int portRange,
        List<InetSocketAddress> initialHosts,
        Optional<String> dnsQuery,
        Duration failureTimeout,
        Optional<String> secret,
        Optional<TlsStores> tls) {

    static final String LOCAL = "local";
    static final String TCP = "tcp";
    static final String KUBERNETES = "kubernetes";

    private static final int MAX_PORT = 65_535;
    private static final int LEAST_SECRET = 16;
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern NUMERIC =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*]?");
    private static final String PROTECTS_OURS =
            "lockstep.infinispan.stack=tcp or kubernetes, without a configuration or"
                    + " jndi: a cluster that a file or the server defines is protected there";

    /** Never with the secret. */
    @Override
    public String toString() {
        return "stack " + stack + ", " + bindAddress + ":" + bindPort;
    }

    static InfinispanSettings read(Settings settings) {
        String stack = stack(settings);
        Optional<String> configuration = file(settings, "configuration");
        Optional<String> jndi = settings.text("jndi");
        int bindPort = (int) settings.number("bind-port", 7800, 1, MAX_PORT);
        boolean ours = Set.of(TCP, KUBERNETES).contains(stack) && configuration.isEmpty() && jndi.isEmpty();
        String bindAddress =
                settings.text("bind-address").orElse(stack.equals(KUBERNETES) ? "SITE_LOCAL" : "127.0.0.1");
        Optional<String> secret = secret(settings, ours);
        Optional<TlsStores> tls = tls(settings, ours);
        if (looksNumeric(bindAddress) && address(bindAddress).isEmpty()) {
            settings.problem("bind-address", bindAddress, "an IP address, such as 127.0.0.1, or a name");
        } else if (ours && secret.isEmpty() && tls.isEmpty() && !isLoopback(bindAddress)) {
            settings.problem(
                    "bind-address",
                    bindAddress,
                    "an address that other machines don't reach, such as 127.0.0.1, unless lockstep.infinispan.secret or"
                            + " tls-key-store and tls-trust-store keep strangers out: who joins the cluster can log in as"
                            + " anybody");
        }
        return new InfinispanSettings(
                stack,
                configuration,
                jndi,
                settings.text("stack").isPresent() || configuration.isPresent() || jndi.isPresent(),
                settings.text("cache"),
                settings.choice("mode", "replicated", Set.of("replicated", "distributed"))
                        .equals("replicated"),
                (int) settings.number("owners", 2, 1, 100),
                settings.text("cluster"),
                settings.text("node"),
                bindAddress,
                bindPort,
                (int) settings.number("port-range", 4, 0, 1000),
                initialHosts(settings, bindPort),
                dnsQuery(settings, stack),
                settings.duration(
                        "failure-timeout", Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofMinutes(1)),
                secret,
                tls);
    }

    /** Long enough that nobody guesses it from what he recorded. */
    private static Optional<String> secret(Settings settings, boolean ours) {
        Optional<String> secret = settings.text("secret");
        if (secret.isPresent() && secret.get().length() < LEAST_SECRET) {
            settings.problem(
                    "secret",
                    "a text of " + secret.get().length() + " characters",
                    LEAST_SECRET + " random characters or more, the same on all nodes");
        }
        if (secret.isPresent() && !ours) {
            settings.problem("secret", "a text", PROTECTS_OURS);
        }
        return secret;
    }

    /** Both stores or none: who shows a certificate asks for one, too. */
    private static Optional<TlsStores> tls(Settings settings, boolean ours) {
        TlsStores stores = TlsStores.read(settings);
        Optional<String> keys = settings.text("tls-key-store");
        boolean any = keys.isPresent() || settings.text("tls-trust-store").isPresent();
        if (any && (stores.keys().isEmpty() || stores.trusted().isEmpty())) {
            settings.problem("tls-key-store", keys.orElse("not set"), "tls-key-store and tls-trust-store");
        }
        if (any && !ours) {
            settings.problem("tls-key-store", keys.orElse("not set"), PROTECTS_OURS);
        }
        return any ? Optional.of(stores) : Optional.empty();
    }

    /** Names that are no address, such as SITE_LOCAL, stand for one that others may reach. */
    private static boolean isLoopback(String address) {
        return address.equalsIgnoreCase("LOOPBACK")
                || address.equals("localhost")
                || address(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static boolean looksNumeric(String address) {
        return address.contains(":") || address.matches("[0-9.]+");
    }

    /** Empty for what is none. What {@link #NUMERIC} matches is never looked up as a name. */
    private static Optional<InetAddress> address(String text) {
        return NUMERIC.matcher(text).matches()
                ? Optional.ofNullable(new InetSocketAddress(text, 0).getAddress())
                : Optional.empty();
    }

    private static String stack(Settings settings) {
        String stack = settings.text("stack").orElse(TCP);
        if (!Set.of(LOCAL, TCP, KUBERNETES).contains(stack) && !new File(stack).canRead()) {
            settings.problem("stack", stack, "local, tcp, kubernetes, or a JGroups file that can be read");
            return LOCAL;
        }
        return stack;
    }

    private static Optional<String> file(Settings settings, String name) {
        Optional<String> file = settings.text(name);
        file.filter(each -> !new File(each).canRead())
                .ifPresent(each -> settings.problem(name, each, "a file that can be read"));
        return file;
    }

    private static Optional<String> dnsQuery(Settings settings, String stack) {
        Optional<String> query = settings.text("dns-query");
        if (stack.equals(KUBERNETES) && query.isEmpty()) {
            settings.problem(
                    "dns-query",
                    "not set",
                    "the DNS name of a headless service, such as app.default.svc.cluster.local");
        }
        return query;
    }

    /** {@code host:port}, separated by commas; without a port, the one that this node binds to. */
    private static List<InetSocketAddress> initialHosts(Settings settings, int bindPort) {
        List<InetSocketAddress> hosts = new ArrayList<>();
        String text = settings.text("initial-hosts").orElse("127.0.0.1:" + bindPort);
        Stream.of(text.split(",")).map(String::trim).forEach(each -> {
            int colon = each.lastIndexOf(':');
            try {
                hosts.add(
                        colon < 0
                                ? new InetSocketAddress(each, bindPort)
                                : new InetSocketAddress(
                                        each.substring(0, colon), Integer.parseInt(each.substring(colon + 1))));
            } catch (IllegalArgumentException e) {
                settings.problem("initial-hosts", each, "HOST:PORT, several separated by commas");
            }
        });
        return List.copyOf(hosts);
    }
}
