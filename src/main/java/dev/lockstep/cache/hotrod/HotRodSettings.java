package dev.lockstep.cache.hotrod;

import dev.lockstep.cache.tls.TlsSettings;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
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

    /** Instead of a URI that can't be read: by TLS, so that no problem follows from that. */
    private static final String UNREADABLE = "hotrods://127.0.0.1";

    private static final String URI_FORM = "hotrod://HOST:PORT,HOST:PORT or hotrods://HOST:PORT,HOST:PORT";
    private static final String WITH_TLS = "a URI that begins with hotrods://";
    private static final String PLAIN = "PLAIN";
    private static final String CACHE_NAME = "[A-Za-z0-9._-]{1,100}";

    static final Setting<String> URI = Setting.of(
            "uri",
            Values.text("`hotrod://HOST:PORT,HOST:PORT`; `hotrods://…` for TLS; no parameters"),
            "hotrod://127.0.0.1:11222",
            "some servers of the cluster");

    static final Setting<Optional<String>> USER = Setting.optional("user", Values.text("a name"), "who we are");

    static final Setting<Optional<String>> PASSWORD = Setting.optional(
            "password",
            Values.text("a text"),
            "what `user` proves it by; rather here than in the URI, which tools print, and from a secret's file or the"
                    + " environment");

    static final Setting<String> MECHANISM = Setting.of(
            "mechanism",
            Values.choice("SCRAM-SHA-256", "SCRAM-SHA-384", "SCRAM-SHA-512", "DIGEST-SHA-512", PLAIN),
            "SCRAM-SHA-256",
            "how SASL tells the server who we are; `PLAIN`, for LDAP realms, with TLS only");

    static final Setting<String> CACHE = Setting.of(
            "cache",
            Values.parsed("1 to 100 letters, digits, dots, underscores and hyphens", HotRodSettings::checkedCache),
            "lockstep",
            "the cache's name; applications may share one");

    static final Setting<String> CREATE = Setting.of(
            "create",
            Values.choice(DISTRIBUTED, REPLICATED, LOCAL, NONE),
            DISTRIBUTED,
            "how the cache is created if the server has none of that name: `distributed` with two owners, `local` for a"
                    + " server without a cluster; `none`: it is not created");

    static final Setting<String> INTELLIGENCE = Setting.of(
            "intelligence",
            Values.choice("hash", "topology", "basic"),
            "hash",
            "`hash`: the client finds all servers and asks the owner of a key; `topology`: finds all, asks any; `basic`:"
                    + " only those of the URI, for a load balancer or a network that hides the servers' addresses");

    static final Setting<Optional<String>> SERVER_NAME = Setting.optional(
                    "tls.server-name",
                    Values.text("a name"),
                    "the name that the certificates of all servers must be made out to")
            .whereUnset("the first host of `uri`")
            .formerly("tls-name");

    static final List<Setting<?>> SETTINGS = Setting.all(
            List.of(URI, USER, PASSWORD, MECHANISM, CACHE, CREATE, INTELLIGENCE, CacheKeys.NAMESPACE),
            TlsSettings.SETTINGS,
            List.of(SERVER_NAME, TlsSettings.HOSTNAME_VERIFICATION));

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
    record Tls(TlsSettings stores, String name, boolean verifiesName) {}

    static HotRodSettings read(Settings settings) {
        ServerUri uri = uri(settings);
        return new HotRodSettings(
                uri.servers(),
                login(settings, uri),
                tls(settings, uri),
                settings.get(CACHE),
                settings.get(CREATE),
                switch (settings.get(INTELLIGENCE)) {
                    case "basic" -> ClientIntelligence.BASIC;
                    case "topology" -> ClientIntelligence.TOPOLOGY_AWARE;
                    default -> ClientIntelligence.HASH_DISTRIBUTION_AWARE;
                },
                settings.get(CacheKeys.NAMESPACE));
    }

    private static ServerUri uri(Settings settings) {
        try {
            return ServerUri.parse(settings.get(URI));
        } catch (IllegalArgumentException e) {
            // the URI may hold a password
            settings.problem(URI, String.valueOf(e.getMessage()), URI_FORM);
            return ServerUri.parse(UNREADABLE);
        }
    }

    private static Optional<Login> login(Settings settings, ServerUri uri) {
        Optional<String> user = settings.get(USER).or(uri::user);
        Optional<String> password = settings.get(PASSWORD).or(uri::password);
        String mechanism = settings.get(MECHANISM);
        if (user.isPresent() != password.isPresent()) {
            settings.problem(USER, user.orElse("not set"), "both user and password, or none");
        }
        if (mechanism.equals(PLAIN) && !uri.tls()) {
            settings.problem(MECHANISM, PLAIN, "PLAIN with hotrods:// only, as it sends the password");
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret, mechanism)));
    }

    private static Optional<Tls> tls(Settings settings, ServerUri uri) {
        TlsSettings stores = TlsSettings.read(settings);
        String name = settings.get(SERVER_NAME).orElse(uri.servers().get(0).getHostString());
        if (!uri.tls()) {
            TlsSettings.refuse(settings, WITH_TLS);
            settings.refuse(SERVER_NAME, "nothing without " + WITH_TLS);
            return Optional.empty();
        }
        return Optional.of(new Tls(stores, name, settings.get(TlsSettings.HOSTNAME_VERIFICATION)));
    }

    private static String checkedCache(String name) {
        if (!name.matches(CACHE_NAME)) {
            throw new IllegalArgumentException("no name of a cache");
        }
        return name;
    }
}
