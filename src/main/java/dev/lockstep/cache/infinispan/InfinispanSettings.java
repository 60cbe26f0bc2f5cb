package dev.lockstep.cache.infinispan;

import dev.lockstep.cache.tls.TlsSettings;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.io.File;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the nodes find each other, and what they keep. Immutable.
 *
 * @param stack {@code local}, {@code tcp}, {@code kubernetes}, or a JGroups file
 * @param configuration a whole Infinispan file instead
 * @param jndi where a cache manager is bound instead
 * @param ownManager whether any of these three was set, so that no bean of the application is
 *     looked for
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
        Optional<TlsSettings> tls) {

    static final String LOCAL = "local";
    static final String TCP = "tcp";
    static final String KUBERNETES = "kubernetes";

    private static final int MAX_PORT = 65_535;

    /**
     * Random letters and digits of this length hold some 95 bits, and PBKDF2 makes each guess
     * expensive.
     */
    private static final int MIN_SECRET_LENGTH = 16;

    private static final String PROTECTS_OURS =
            "lockstep.infinispan.stack=tcp or kubernetes, without a configuration or"
                    + " jndi: a cluster that a file or the server defines is protected there";

    private static final Values<String> FILE = Values.text("a file that can be read");

    static final Setting<String> STACK = Setting.of(
            "stack",
            Values.text("`local` (no cluster), `tcp`, `kubernetes` (DNS_PING), or a JGroups file"),
            TCP,
            "how the nodes find each other");

    static final Setting<Optional<String>> BIND_ADDRESS = Setting.optional(
                    "bind-address",
                    Values.text("an address or a name of this machine"),
                    "where this node listens; beyond loopback only with TLS or `secret`")
            .whereUnset("`127.0.0.1`; with `kubernetes` `SITE_LOCAL`");

    static final Setting<Integer> BIND_PORT = Setting.of(
            "bind-port",
            Values.number(1, MAX_PORT),
            "7800",
            "the port; failure detection listens 100 ports above, unless there is TLS");

    static final Setting<Integer> PORT_RANGE = Setting.of(
            "port-range",
            Values.number(0, 1000),
            "4",
            "so many ports above are tried, too, here and at the initial hosts: several nodes on one machine need no"
                    + " settings");

    static final Setting<Optional<String>> INITIAL_HOSTS = Setting.optional(
                    "initial-hosts",
                    Values.text("`HOST:PORT`, several separated by commas"),
                    "where to look for other nodes")
            .whereUnset("`127.0.0.1` and `bind-port`");

    static final Setting<Optional<String>> DNS_QUERY = Setting.optional(
            "dns-query", Values.text("a DNS name"), "with `kubernetes`: the name of a headless service");

    static final Setting<Optional<String>> SECRET = Setting.optional(
            "secret",
            Values.text(MIN_SECRET_LENGTH + " random characters or more"),
            "the same on all nodes: encrypts and authenticates what they say");

    static final Setting<String> MODE = Setting.of(
            "mode",
            Values.choice("replicated", "distributed"),
            "replicated",
            "whether each copy is on all nodes, or on some of them");

    static final Setting<Integer> OWNERS =
            Setting.of("owners", Values.number(1, 100), "2", "with `distributed`: on how many nodes each copy is");

    static final Setting<Duration> FAILURE_TIMEOUT = Setting.of(
            "failure-timeout",
            Values.duration("500ms", "1m"),
            "1500ms",
            "a node that is silent for so long is taken out of the cluster; longer where nodes may be without processor"
                    + " time, or they fall out and come back");

    static final Setting<Optional<String>> CLUSTER = Setting.optional(
                    "cluster", Values.text("a name"), "the cluster's name")
            .whereUnset("`lockstep:` and the application's name");

    static final Setting<Optional<String>> NODE = Setting.optional(
                    "node", Values.text("a name"), "this node's name in the cluster")
            .whereUnset("random");

    static final Setting<Optional<String>> CONFIGURATION =
            Setting.optional("configuration", FILE, "a whole Infinispan file instead of all of the above");

    static final Setting<Optional<String>> JNDI = Setting.optional(
            "jndi",
            Values.text("a JNDI name"),
            "a cache manager of the server instead, such as `java:jboss/infinispan/container/lockstep`:"
                    + " [how on WildFly](war-size.md#wildflys-infinispan)");

    static final Setting<Optional<String>> CACHE = Setting.optional(
                    "cache",
                    Values.text("a name"),
                    "the cache's name; if the manager has a configuration of that name it is used: its encoding must be"
                            + " `application/octet-stream`")
            .whereUnset("`lockstep:` and the application's name");

    static final List<Setting<?>> SETTINGS = Setting.all(
            List.of(STACK, BIND_ADDRESS, BIND_PORT, PORT_RANGE, INITIAL_HOSTS, DNS_QUERY),
            TlsSettings.SETTINGS,
            List.of(SECRET, MODE, OWNERS, FAILURE_TIMEOUT, CLUSTER, NODE, CONFIGURATION, JNDI, CACHE));

    /** Never with the secret. */
    @Override
    public String toString() {
        return "stack " + stack + ", " + bindAddress + ":" + bindPort;
    }

    static InfinispanSettings read(Settings settings) {
        String stack = stack(settings);
        Optional<String> configuration = configuration(settings);
        Optional<String> jndi = settings.get(JNDI);
        int bindPort = settings.get(BIND_PORT);
        boolean ours = Set.of(TCP, KUBERNETES).contains(stack) && configuration.isEmpty() && jndi.isEmpty();
        BindAddress bindAddress = new BindAddress(
                settings.get(BIND_ADDRESS).orElse(stack.equals(KUBERNETES) ? "SITE_LOCAL" : "127.0.0.1"));
        Optional<String> secret = secret(settings, ours);
        Optional<TlsSettings> tls = tls(settings, ours);
        if (!bindAddress.isAddressOrName()) {
            settings.problem(BIND_ADDRESS, bindAddress.text(), "an IP address, such as 127.0.0.1, or a name");
        } else if (ours && secret.isEmpty() && tls.isEmpty() && !bindAddress.isLoopback()) {
            settings.problem(
                    BIND_ADDRESS,
                    bindAddress.text(),
                    "an address that other machines don't reach, such as 127.0.0.1, unless lockstep.infinispan.secret or"
                            + " tls.key and tls.trust keep strangers out: who joins the cluster can read who logs out, and hold"
                            + " up logouts");
        }
        return new InfinispanSettings(
                stack,
                configuration,
                jndi,
                settings.written(STACK).isPresent() || configuration.isPresent() || jndi.isPresent(),
                settings.get(CACHE),
                settings.get(MODE).equals("replicated"),
                settings.get(OWNERS),
                settings.get(CLUSTER),
                settings.get(NODE),
                bindAddress.text(),
                bindPort,
                settings.get(PORT_RANGE),
                initialHosts(settings, bindPort),
                dnsQuery(settings, stack),
                settings.get(FAILURE_TIMEOUT),
                secret,
                tls);
    }

    /** Long enough that nobody can guess it from recorded traffic. */
    private static Optional<String> secret(Settings settings, boolean ours) {
        Optional<String> secret = settings.get(SECRET);
        if (secret.isPresent() && secret.get().length() < MIN_SECRET_LENGTH) {
            settings.problem(
                    SECRET,
                    "a text of " + secret.get().length() + " characters",
                    MIN_SECRET_LENGTH + " random characters or more, the same on all nodes");
        }
        if (secret.isPresent() && !ours) {
            settings.problem(SECRET, "a text", PROTECTS_OURS);
        }
        return secret;
    }

    /** Both or none: who shows a certificate asks for one, too. */
    private static Optional<TlsSettings> tls(Settings settings, boolean ours) {
        TlsSettings stores = TlsSettings.read(settings);
        Optional<String> key = settings.get(TlsSettings.KEY);
        boolean any = key.isPresent() || settings.get(TlsSettings.TRUST).isPresent();
        if (any && (stores.keys().isEmpty() || stores.trusted().isEmpty())) {
            settings.problem(TlsSettings.KEY, key.orElse("not set"), "tls.key and tls.trust");
        }
        if (any && !ours) {
            settings.problem(TlsSettings.KEY, key.orElse("not set"), PROTECTS_OURS);
        }
        return any ? Optional.of(stores) : Optional.empty();
    }

    private static String stack(Settings settings) {
        String stack = settings.get(STACK);
        if (!Set.of(LOCAL, TCP, KUBERNETES).contains(stack) && !new File(stack).canRead()) {
            settings.problem(STACK, stack, "local, tcp, kubernetes, or a JGroups file that can be read");
            return LOCAL;
        }
        return stack;
    }

    private static Optional<String> configuration(Settings settings) {
        Optional<String> file = settings.get(CONFIGURATION);
        file.filter(each -> !new File(each).canRead())
                .ifPresent(each -> settings.problem(CONFIGURATION, each, FILE.accepted()));
        return file;
    }

    private static Optional<String> dnsQuery(Settings settings, String stack) {
        Optional<String> query = settings.get(DNS_QUERY);
        if (stack.equals(KUBERNETES) && query.isEmpty()) {
            settings.problem(
                    DNS_QUERY, "not set", "the DNS name of a headless service, such as app.default.svc.cluster.local");
        }
        return query;
    }

    /** {@code host:port}, separated by commas; without a port, the one that this node binds to. */
    private static List<InetSocketAddress> initialHosts(Settings settings, int bindPort) {
        List<InetSocketAddress> hosts = new ArrayList<>();
        String text = settings.get(INITIAL_HOSTS).orElse("127.0.0.1:" + bindPort);
        Stream.of(text.split(",")).map(String::trim).forEach(each -> {
            int colon = each.lastIndexOf(':');
            try {
                hosts.add(
                        colon < 0
                                ? new InetSocketAddress(each, bindPort)
                                : new InetSocketAddress(
                                        each.substring(0, colon), Integer.parseInt(each.substring(colon + 1))));
            } catch (IllegalArgumentException e) {
                settings.problem(INITIAL_HOSTS, each, "HOST:PORT, several separated by commas");
            }
        });
        return List.copyOf(hosts);
    }
}
