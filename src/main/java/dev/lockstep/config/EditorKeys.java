package dev.lockstep.config;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys of all settings for editors, which look for them in annotations of the
 * classes of libraries. A test writes them from the declarations, each of which is
 * a {@link dev.lockstep.spi.Setting}; the running product does not read them.
 */
@SuppressWarnings("NullAway.Init") // never instantiated
final class EditorKeys {

    private EditorKeys() {}

    /**
     * Separates the sessions and cache keys of applications that share a database; accepted: 1 to
     * 100 letters, digits, . _ - /.
     */
    @ConfigProperty(name = "lockstep.application")
    String application;

    /**
     * Where copies of sessions are kept; accepted: {@code memory}, {@code none}, {@code
     * infinispan}, {@code hotrod}, {@code redis}, {@code database}, {@code shared-memory}, or the
     * name of a bean of yours with {@code @CacheName}.
     */
    @ConfigProperty(name = "lockstep.cache", defaultValue = "memory")
    String cache;

    /** How long a copy is kept; accepted: 1s to 30d. */
    @ConfigProperty(name = "lockstep.cache.ttl", defaultValue = "15m")
    String cacheTtl;

    /** How many copies at most; accepted: 1 to 1000000000. */
    @ConfigProperty(name = "lockstep.cache.max-entries", defaultValue = "100000")
    int cacheMaxEntries;

    /**
     * How long an operation of a cache outside the JVM may take before the store is asked instead;
     * accepted: 1ms to 1m.
     */
    @ConfigProperty(name = "lockstep.cache.timeout", defaultValue = "100ms")
    String cacheTimeout;

    /**
     * Whether a cache outside the JVM has a near cache in front of it; accepted: {@code true},
     * {@code false}.
     */
    @ConfigProperty(name = "lockstep.near", defaultValue = "true")
    boolean near;

    /** How many copies the near cache keeps at most; accepted: 1 to 1000000000. */
    @ConfigProperty(name = "lockstep.near.max-entries", defaultValue = "100000")
    int nearMaxEntries;

    /** The container's DataSource: H2, PostgreSQL or MariaDB; accepted: a JNDI name. */
    @ConfigProperty(name = "lockstep.store.datasource", defaultValue = "java:comp/DefaultDataSource")
    String storeDatasource;

    /** Instead, outside of a container; needs HikariCP and a driver; accepted: a JDBC URL. */
    @ConfigProperty(name = "lockstep.store.url")
    String storeUrl;

    /** The user of the URL; accepted: a name. */
    @ConfigProperty(name = "lockstep.store.user")
    String storeUser;

    /** The password of the URL; accepted: a text, which may be empty. */
    @ConfigProperty(name = "lockstep.store.password")
    String storePassword;

    /**
     * Whether the tables are created and migrated at start-up, only checked, or left alone;
     * accepted: {@code migrate}, {@code validate}, {@code none}.
     */
    @ConfigProperty(name = "lockstep.store.schema", defaultValue = "migrate")
    String storeSchema;

    /** The deadline of any store call, waiting included; accepted: 10ms to 2m. */
    @ConfigProperty(name = "lockstep.store.timeout", defaultValue = "5s")
    String storeTimeout;

    /** How many store calls at a time; accepted: 5 to 1000. */
    @ConfigProperty(name = "lockstep.store.threads", defaultValue = "16")
    int storeThreads;

    /**
     * How many more calls may wait for one of the threads; those beyond get 503 at once; accepted:
     * 1 to 1000000.
     */
    @ConfigProperty(name = "lockstep.store.queue", defaultValue = "4096")
    int storeQueue;

    /**
     * The application's key, the same on all nodes, for a store of your own that keeps none;
     * several while it is changed: the first is used, all are accepted; accepted: 32 random bytes
     * or more, in base64, as {@code openssl rand -base64 32} prints them.
     */
    @ConfigProperty(name = "lockstep.key")
    String key;

    /**
     * How long a session lives at most (NIST SP 800-63B-4 AAL2: 24 h at most); accepted: 1s to
     * 3650d.
     */
    @ConfigProperty(name = "lockstep.session.absolute-timeout", defaultValue = "12h")
    String sessionAbsoluteTimeout;

    /**
     * How long it lives without use (AAL2: 1 h at most); at most as long as {@code
     * lockstep.session.absolute-timeout}; accepted: 1s to 3650d.
     */
    @ConfigProperty(name = "lockstep.session.idle-timeout", defaultValue = "1h")
    String sessionIdleTimeout;

    /**
     * Whether {@code revoke} returns when the logout is true everywhere, or when it is committed
     * and will be one lease later; accepted: {@code await}, {@code async}.
     */
    @ConfigProperty(name = "lockstep.logout", defaultValue = "await")
    String logout;

    /**
     * How often each node opens a session of its own and revokes it, and checks that it refuses
     * those of all nodes afterwards, such as {@code PT1M}; accepted: 5s to 1h.
     */
    @ConfigProperty(name = "lockstep.canary")
    String canary;

    /**
     * What new tokens begin with, so that scanners find them; empty for nothing, as nodes of the
     * release before need it; tokens with other prefixes stay good; accepted: a letter and up to 15
     * letters and digits.
     */
    @ConfigProperty(name = "lockstep.token.prefix", defaultValue = "lks")
    String tokenPrefix;

    /**
     * How long a node may use cached copies without hearing from the store, 40ms or more; {@code
     * 0}: never; accepted: 0 to 1m.
     */
    @ConfigProperty(name = "lockstep.lease", defaultValue = "2s")
    String lease;

    /**
     * How often a node reads the revocation log; at most as long as the lease; accepted: 10ms to
     * 1m.
     */
    @ConfigProperty(name = "lockstep.poll")
    String poll;

    /**
     * {@code single}: a second live node fails its deployment; accepted: {@code many}, {@code
     * single}.
     */
    @ConfigProperty(name = "lockstep.nodes", defaultValue = "many")
    String nodes;

    /**
     * How many revoked digests a node remembers at most (about 50 bytes each); beyond that it asks
     * the store more often; accepted: 2 to 100000000.
     */
    @ConfigProperty(name = "lockstep.facts.max", defaultValue = "100000")
    int factsMax;

    /**
     * What tells the other nodes of a logout at once; {@code auto}: {@code infinispan} with that
     * cache, else {@code postgresql} where that is the store, else {@code redis} with that cache,
     * else none; accepted: {@code auto}, {@code none}, {@code infinispan}, {@code postgresql},
     * {@code redis}.
     */
    @ConfigProperty(name = "lockstep.channel", defaultValue = "auto")
    String channel;

    /**
     * Whether there are checks for MicroProfile Health, where the server has that; accepted: {@code
     * true}, {@code false}.
     */
    @ConfigProperty(name = "lockstep.health", defaultValue = "true")
    boolean health;

    /**
     * Whether requests and logouts have spans, where there is OpenTelemetry; accepted: {@code
     * true}, {@code false}.
     */
    @ConfigProperty(name = "lockstep.traces", defaultValue = "true")
    boolean traces;

    /**
     * Where meters are shown beside JMX; {@code auto}: by each of the three that is there;
     * accepted: {@code auto}, {@code none}, or some of {@code micrometer}, {@code opentelemetry},
     * {@code microprofile}.
     */
    @ConfigProperty(name = "lockstep.metrics", defaultValue = "auto")
    String metrics;

    /**
     * {@code lockstep.revocation.goal} counts the logouts that were true on every node by then;
     * accepted: 10ms to 1h.
     */
    @ConfigProperty(name = "lockstep.metrics.logout-goal", defaultValue = "500ms")
    String metricsLogoutGoal;

    /**
     * Who asks for the caller: the filter, or the container, which knows name and groups then;
     * accepted: {@code filter}, {@code container}.
     */
    @ConfigProperty(name = "lockstep.security", defaultValue = "filter")
    String security;

    /** Which paths need a token; accepted: patterns: {@code /*}, {@code /x/*}, {@code /x}. */
    @ConfigProperty(name = "lockstep.web.protect")
    String webProtect;

    /**
     * Exceptions: passed on without an identity where a request has no token; accepted: patterns
     * within {@code lockstep.web.protect}.
     */
    @ConfigProperty(name = "lockstep.web.permit")
    String webPermit;

    /**
     * Which groups are needed: one of each rule that matches; accepted: rules: {@code /x/*=group},
     * {@code /y/*=one,another}.
     */
    @ConfigProperty(name = "lockstep.web.require")
    String webRequire;

    /**
     * Where the store is asked about each request; accepted: patterns within {@code
     * lockstep.web.protect}.
     */
    @ConfigProperty(name = "lockstep.web.confirm")
    String webConfirm;

    /** What the challenge names; accepted: printable ASCII. */
    @ConfigProperty(name = "lockstep.web.realm", defaultValue = "lockstep")
    String webRealm;

    /**
     * The cookie in which browsers may present a token; without it cookies are not looked at;
     * accepted: a name that begins with {@code __Host-}.
     */
    @ConfigProperty(name = "lockstep.web.cookie")
    String webCookie;

    /**
     * Which requests that begin on another site carry the cookie: those by a link, or none;
     * accepted: {@code lax}, {@code strict}.
     */
    @ConfigProperty(name = "lockstep.web.cookie-same-site", defaultValue = "lax")
    String webCookieSameSite;

    /**
     * Which scripts may call protected paths; without it the filter does nothing about CORS;
     * accepted: origins: {@code https://shop.example}; {@code null}; or {@code *} alone.
     */
    @ConfigProperty(name = "lockstep.web.cors.origins")
    String webCorsOrigins;

    /** With which methods they may call; accepted: names of methods in capitals. */
    @ConfigProperty(name = "lockstep.web.cors.methods", defaultValue = "GET,HEAD,POST,PUT,PATCH,DELETE")
    String webCorsMethods;

    /** Which headers they may set; {@code Authorization} always; accepted: names of headers. */
    @ConfigProperty(name = "lockstep.web.cors.headers", defaultValue = "Content-Type")
    String webCorsHeaders;

    /** Which headers of an answer they may read; accepted: names of headers. */
    @ConfigProperty(name = "lockstep.web.cors.expose-headers", defaultValue = "WWW-Authenticate,Retry-After")
    String webCorsExposeHeaders;

    /** How long a browser may remember what it was told; accepted: 0 to 1d. */
    @ConfigProperty(name = "lockstep.web.cors.max-age", defaultValue = "10m")
    String webCorsMaxAge;

    /**
     * Whether browsers may send cookies along; not together with {@code *}; accepted: {@code true},
     * {@code false}.
     */
    @ConfigProperty(name = "lockstep.web.cors.credentials", defaultValue = "false")
    boolean webCorsCredentials;

    /**
     * Where Lockstep serves its own pages and its HTTP interface; accepted: a path within the
     * application, such as /lockstep, without a slash at its end.
     */
    @ConfigProperty(name = "lockstep.endpoints.path")
    String endpointsPath;

    /**
     * Who may see and end the sessions of others: one of these groups is needed; without it nobody
     * may; accepted: names of groups.
     */
    @ConfigProperty(name = "lockstep.endpoints.admin")
    String endpointsAdmin;

    /**
     * Who may ask whether a token is live, and revoke tokens and principals (RFC 7009, RFC 7662,
     * Global Token Revocation): one of these groups is needed; without it nobody may; accepted:
     * names of groups.
     */
    @ConfigProperty(name = "lockstep.endpoints.gateway")
    String endpointsGateway;

    /**
     * Where the table is; parameters after {@code ?} go to the driver ({@code
     * sslmode=verify-full}); of SQLite a plain path, neither memory nor {@code file:}; accepted:
     * {@code jdbc:sqlite:/var/lib/shop/cache.db} or {@code jdbc:postgresql://host/database}.
     */
    @ConfigProperty(name = "lockstep.database.url")
    String databaseUrl;

    /** The user of PostgreSQL's URL; accepted: a name. */
    @ConfigProperty(name = "lockstep.database.user")
    String databaseUser;

    /** The password of PostgreSQL's URL; accepted: a text. */
    @ConfigProperty(name = "lockstep.database.password")
    String databasePassword;

    /** How many connections to the URL each node keeps at most; accepted: 1 to 1000. */
    @ConfigProperty(name = "lockstep.database.connections", defaultValue = "8")
    int databaseConnections;

    /** A container's DataSource, instead of a URL; accepted: a JNDI name. */
    @ConfigProperty(name = "lockstep.database.datasource")
    String databaseDatasource;

    /**
     * Some servers of the cluster; accepted: {@code hotrod://HOST:PORT,HOST:PORT}; {@code
     * hotrods://…} for TLS; no parameters.
     */
    @ConfigProperty(name = "lockstep.hotrod.uri", defaultValue = "hotrod://127.0.0.1:11222")
    String hotrodUri;

    /** Who we are; accepted: a name. */
    @ConfigProperty(name = "lockstep.hotrod.user")
    String hotrodUser;

    /**
     * What {@code user} proves it by; rather here than in the URI, which tools print, and from a
     * secret's file or the environment; accepted: a text.
     */
    @ConfigProperty(name = "lockstep.hotrod.password")
    String hotrodPassword;

    /**
     * How SASL tells the server who we are; {@code PLAIN}, for LDAP realms, with TLS only;
     * accepted: {@code SCRAM-SHA-256}, {@code SCRAM-SHA-384}, {@code SCRAM-SHA-512}, {@code
     * DIGEST-SHA-512}, {@code PLAIN}.
     */
    @ConfigProperty(name = "lockstep.hotrod.mechanism", defaultValue = "SCRAM-SHA-256")
    String hotrodMechanism;

    /**
     * The cache's name; applications may share one; accepted: 1 to 100 letters, digits, dots,
     * underscores and hyphens.
     */
    @ConfigProperty(name = "lockstep.hotrod.cache", defaultValue = "lockstep")
    String hotrodCache;

    /**
     * How the cache is created if the server has none of that name: {@code distributed} with two
     * owners, {@code local} for a server without a cluster; {@code none}: it is not created;
     * accepted: {@code distributed}, {@code replicated}, {@code local}, {@code none}.
     */
    @ConfigProperty(name = "lockstep.hotrod.create", defaultValue = "distributed")
    String hotrodCreate;

    /**
     * {@code hash}: the client finds all servers and asks the owner of a key; {@code topology}:
     * finds all, asks any; {@code basic}: only those of the URI, for a load balancer or a network
     * that hides the servers' addresses; accepted: {@code hash}, {@code topology}, {@code basic}.
     */
    @ConfigProperty(name = "lockstep.hotrod.intelligence", defaultValue = "hash")
    String hotrodIntelligence;

    /** What all keys begin with; accepted: a text. */
    @ConfigProperty(name = "lockstep.hotrod.prefix", defaultValue = "lockstep:")
    String hotrodPrefix;

    /** The certificates to trust: PEM, PKCS #12 or JKS; accepted: a file. */
    @ConfigProperty(name = "lockstep.hotrod.tls.trust")
    String hotrodTlsTrust;

    /** Opens {@code tls.trust} where that is PKCS #12 or JKS; accepted: a password. */
    @ConfigProperty(name = "lockstep.hotrod.tls.trust-password")
    String hotrodTlsTrustPassword;

    /**
     * Our key, where the other side wants to know who we are: PKCS #12 or JKS with its
     * certificates, or PKCS #8 in PEM; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.hotrod.tls.key")
    String hotrodTlsKey;

    /** Opens {@code tls.key}, and the key in it; accepted: a password. */
    @ConfigProperty(name = "lockstep.hotrod.tls.key-password")
    String hotrodTlsKeyPassword;

    /**
     * The certificates of a key in PEM, our own first; not needed where {@code tls.key} holds them
     * too; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.hotrod.tls.certificate")
    String hotrodTlsCertificate;

    /** The name that the certificates of all servers must be made out to; accepted: a name. */
    @ConfigProperty(name = "lockstep.hotrod.tls.server-name")
    String hotrodTlsServerName;

    /**
     * Whether the server's certificate must be made out to its name; {@code false}: that it is
     * trusted is enough; accepted: {@code true}, {@code false}.
     */
    @ConfigProperty(name = "lockstep.hotrod.tls.hostname-verification", defaultValue = "true")
    boolean hotrodTlsHostnameVerification;

    /**
     * How the nodes find each other; accepted: {@code local} (no cluster), {@code tcp}, {@code
     * kubernetes} (DNS_PING), or a JGroups file.
     */
    @ConfigProperty(name = "lockstep.infinispan.stack", defaultValue = "tcp")
    String infinispanStack;

    /**
     * Where this node listens; beyond loopback only with TLS or {@code secret}; accepted: an
     * address or a name of this machine.
     */
    @ConfigProperty(name = "lockstep.infinispan.bind-address")
    String infinispanBindAddress;

    /**
     * The port; failure detection listens 100 ports above, unless there is TLS; accepted: 1 to
     * 65535.
     */
    @ConfigProperty(name = "lockstep.infinispan.bind-port", defaultValue = "7800")
    int infinispanBindPort;

    /**
     * So many ports above are tried, too, here and at the initial hosts: several nodes on one
     * machine need no settings; accepted: 0 to 1000.
     */
    @ConfigProperty(name = "lockstep.infinispan.port-range", defaultValue = "4")
    int infinispanPortRange;

    /** Where to look for other nodes; accepted: {@code HOST:PORT}, several separated by commas. */
    @ConfigProperty(name = "lockstep.infinispan.initial-hosts")
    String infinispanInitialHosts;

    /** With {@code kubernetes}: the name of a headless service; accepted: a DNS name. */
    @ConfigProperty(name = "lockstep.infinispan.dns-query")
    String infinispanDnsQuery;

    /** The certificates to trust: PEM, PKCS #12 or JKS; accepted: a file. */
    @ConfigProperty(name = "lockstep.infinispan.tls.trust")
    String infinispanTlsTrust;

    /** Opens {@code tls.trust} where that is PKCS #12 or JKS; accepted: a password. */
    @ConfigProperty(name = "lockstep.infinispan.tls.trust-password")
    String infinispanTlsTrustPassword;

    /**
     * Our key, where the other side wants to know who we are: PKCS #12 or JKS with its
     * certificates, or PKCS #8 in PEM; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.infinispan.tls.key")
    String infinispanTlsKey;

    /** Opens {@code tls.key}, and the key in it; accepted: a password. */
    @ConfigProperty(name = "lockstep.infinispan.tls.key-password")
    String infinispanTlsKeyPassword;

    /**
     * The certificates of a key in PEM, our own first; not needed where {@code tls.key} holds them
     * too; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.infinispan.tls.certificate")
    String infinispanTlsCertificate;

    /**
     * The same on all nodes: encrypts and authenticates what they say; accepted: 16 random
     * characters or more.
     */
    @ConfigProperty(name = "lockstep.infinispan.secret")
    String infinispanSecret;

    /**
     * Whether each copy is on all nodes, or on some of them; accepted: {@code replicated}, {@code
     * distributed}.
     */
    @ConfigProperty(name = "lockstep.infinispan.mode", defaultValue = "replicated")
    String infinispanMode;

    /** With {@code distributed}: on how many nodes each copy is; accepted: 1 to 100. */
    @ConfigProperty(name = "lockstep.infinispan.owners", defaultValue = "2")
    int infinispanOwners;

    /**
     * A node that is silent for so long is taken out of the cluster; longer where nodes may be
     * without processor time, or they fall out and come back; accepted: 500ms to 1m.
     */
    @ConfigProperty(name = "lockstep.infinispan.failure-timeout", defaultValue = "1500ms")
    String infinispanFailureTimeout;

    /** The cluster's name; accepted: a name. */
    @ConfigProperty(name = "lockstep.infinispan.cluster")
    String infinispanCluster;

    /** This node's name in the cluster; accepted: a name. */
    @ConfigProperty(name = "lockstep.infinispan.node")
    String infinispanNode;

    /** A whole Infinispan file instead of all of the above; accepted: a file that can be read. */
    @ConfigProperty(name = "lockstep.infinispan.configuration")
    String infinispanConfiguration;

    /**
     * A cache manager of the server instead, such as {@code
     * java:jboss/infinispan/container/lockstep}: how on WildFly; accepted: a JNDI name.
     */
    @ConfigProperty(name = "lockstep.infinispan.jndi")
    String infinispanJndi;

    /**
     * The cache's name; if the manager has a configuration of that name it is used: its encoding
     * must be {@code application/octet-stream}; accepted: a name.
     */
    @ConfigProperty(name = "lockstep.infinispan.cache")
    String infinispanCache;

    /**
     * Where the server is; accepted: {@code redis://HOST:PORT/DATABASE}; {@code rediss://…} for
     * TLS; {@code redis-sentinel://HOST:PORT,HOST:PORT#MASTER}.
     */
    @ConfigProperty(name = "lockstep.redis.uri", defaultValue = "redis://127.0.0.1:6379")
    String redisUri;

    /**
     * {@code true}: {@code uri} names some nodes of a cluster, as several URIs separated by commas;
     * accepted: {@code true}, {@code false}.
     */
    @ConfigProperty(name = "lockstep.redis.cluster", defaultValue = "false")
    boolean redisCluster;

    /** Who we are; accepted: a name. */
    @ConfigProperty(name = "lockstep.redis.user")
    String redisUser;

    /**
     * What the server asks for; rather here than in the URI, which tools print, and from a secret's
     * file or the environment; accepted: a text.
     */
    @ConfigProperty(name = "lockstep.redis.password")
    String redisPassword;

    /** If the sentinels ask for one; accepted: a text. */
    @ConfigProperty(name = "lockstep.redis.sentinel-password")
    String redisSentinelPassword;

    /** What all keys begin with; accepted: a text. */
    @ConfigProperty(name = "lockstep.redis.prefix", defaultValue = "lockstep:")
    String redisPrefix;

    /** The certificates to trust: PEM, PKCS #12 or JKS; accepted: a file. */
    @ConfigProperty(name = "lockstep.redis.tls.trust")
    String redisTlsTrust;

    /** Opens {@code tls.trust} where that is PKCS #12 or JKS; accepted: a password. */
    @ConfigProperty(name = "lockstep.redis.tls.trust-password")
    String redisTlsTrustPassword;

    /**
     * Our key, where the other side wants to know who we are: PKCS #12 or JKS with its
     * certificates, or PKCS #8 in PEM; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.redis.tls.key")
    String redisTlsKey;

    /** Opens {@code tls.key}, and the key in it; accepted: a password. */
    @ConfigProperty(name = "lockstep.redis.tls.key-password")
    String redisTlsKeyPassword;

    /**
     * The certificates of a key in PEM, our own first; not needed where {@code tls.key} holds them
     * too; accepted: a file.
     */
    @ConfigProperty(name = "lockstep.redis.tls.certificate")
    String redisTlsCertificate;

    /**
     * Whether the server's certificate must be made out to its name; {@code false}: that it is
     * trusted is enough; accepted: {@code true}, {@code false}.
     */
    @ConfigProperty(name = "lockstep.redis.tls.hostname-verification", defaultValue = "true")
    boolean redisTlsHostnameVerification;

    /**
     * The folder of the files, on a local file system, better one in memory; made if it is absent;
     * accepted: the path of a folder.
     */
    @ConfigProperty(name = "lockstep.shared-memory.path")
    String sharedMemoryPath;

    /**
     * How large the file of an application may become; accepted: a size from 1m to 1024g, such as
     * 64m, 1g.
     */
    @ConfigProperty(name = "lockstep.shared-memory.max-size", defaultValue = "128m")
    String sharedMemoryMaxSize;
}
