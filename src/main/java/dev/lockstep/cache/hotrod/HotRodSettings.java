package dev.lockstep.cache.hotrod;

import dev.lockstep.cache.tls.TlsStores;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.Settings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.infinispan.client.hotrod.configuration.ClientIntelligence;

/**
 * How to reach the servers, and which cache of theirs to use. Immutable.
 *
 * @param servers some servers of the cluster
 * @param login who we are, where the server wants to know
 * @param tls how to speak TLS, if at all
 * @param cache the cache's name
 * @param create how the cache is distributed if we create it, or {@link #NONE} where we must not
 * @param intelligence whether the client finds the other servers, and the one that owns a key
 * @param prefix what the keys of all applications begin with
 */
record HotRodSettings(
        List<InetSocketAddress> servers,
        Optional<Login> login,
        Optional<Tls> tls,
        String cache,
        String create,
        ClientIntelligence intelligence,
        String prefix) {

    static final String NONE = "none";
    static final String DISTRIBUTED = "distributed";
    static final String REPLICATED = "replicated";
    static final String LOCAL = "local";

    private static final String DEFAULT_URI = "hotrod://127.0.0.1:11222";
    private static final String URI_FORM = "hotrod://HOST:PORT,HOST:PORT or hotrods://HOST:PORT,HOST:PORT";
    private static final String PLAIN = "PLAIN";
    private static final String DEFAULT_MECHANISM = "SCRAM-SHA-256";
    private static final String CACHE_NAME = "[A-Za-z0-9._-]{1,100}";

    /** @param mechanism of SASL */
    record Login(String user, String password, String mechanism) {

        /** Never with the password. */
        @Override
        public String toString() {
            return user + " by " + mechanism;
        }
    }

    /**
     * @param name what the certificates of the servers must be made out to
     * @param verifiesName whether they must
     */
    record Tls(TlsStores stores, String name, boolean verifiesName) {}

    static HotRodSettings read(Settings settings) {
        ServerUri uri = uri(settings);
        return new HotRodSettings(
                uri.servers(),
                login(settings, uri),
                tls(settings, uri),
                cache(settings),
                settings.choice("create", DISTRIBUTED, Set.of(DISTRIBUTED, REPLICATED, LOCAL, NONE)),
                switch (settings.choice("intelligence", "hash", Set.of("hash", "topology", "basic"))) {
                    case "basic" -> ClientIntelligence.BASIC;
                    case "topology" -> ClientIntelligence.TOPOLOGY_AWARE;
                    default -> ClientIntelligence.HASH_DISTRIBUTION_AWARE;
                },
                settings.text("prefix").orElse(CacheKeys.DEFAULT_NAMESPACE));
    }

    private static ServerUri uri(Settings settings) {
        try {
            return ServerUri.parse(settings.text("uri").orElse(DEFAULT_URI));
        } catch (IllegalArgumentException e) {
            settings.problem("uri", String.valueOf(e.getMessage()), URI_FORM);
            return ServerUri.parse(DEFAULT_URI);
        }
    }

    private static Optional<Login> login(Settings settings, ServerUri uri) {
        Optional<String> user = settings.text("user").or(uri::user);
        Optional<String> password = settings.text("password").or(uri::password);
        String mechanism = settings.choice(
                "mechanism",
                DEFAULT_MECHANISM,
                Set.of("SCRAM-SHA-512", "SCRAM-SHA-384", DEFAULT_MECHANISM, "DIGEST-SHA-512", PLAIN));
        if (user.isPresent() != password.isPresent()) {
            settings.problem("user", user.orElse("not set"), "both user and password, or none");
        }
        if (mechanism.equals(PLAIN) && !uri.tls()) {
            settings.problem("mechanism", PLAIN, "PLAIN with hotrods:// only, as it sends the password");
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret, mechanism)));
    }

    private static Optional<Tls> tls(Settings settings, ServerUri uri) {
        TlsStores stores = TlsStores.read(settings);
        boolean verifies =
                settings.choice("tls-verify", "full", Set.of("full", "ca")).equals("full");
        String name = settings.text("tls-name").orElse(uri.servers().get(0).getHostString());
        if (!uri.tls() && (stores.keys().isPresent() || stores.trusted().isPresent())) {
            settings.problem("uri", "hotrod://…", "hotrods://…, where there is a tls-trust-store or tls-key-store");
        }
        return uri.tls() ? Optional.of(new Tls(stores, name, verifies)) : Optional.empty();
    }

    private static String cache(Settings settings) {
        String cache = settings.text("cache").orElse("lockstep");
        if (!cache.matches(CACHE_NAME)) {
            settings.problem("cache", cache, "1 to 100 letters, digits, dots, underscores and hyphens");
        }
        return cache;
    }
}
