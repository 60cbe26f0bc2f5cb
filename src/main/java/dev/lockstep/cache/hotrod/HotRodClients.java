package dev.lockstep.cache.hotrod;

import dev.lockstep.CacheException;
import dev.lockstep.cache.hotrod.HotRodSettings.Tls;
import dev.lockstep.cache.remote.RemoteServer;
import dev.lockstep.cache.remote.ServerMessages;
import dev.lockstep.spi.CacheContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.infinispan.client.hotrod.DataFormat;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.client.hotrod.configuration.NearCacheMode;
import org.infinispan.client.hotrod.configuration.TransactionMode;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.IdentityMarshaller;

/**
 * Makes Hot Rod clients that send and get bytes as they are: no marshaller, no near cache, no
 * transactions. The cache is created, bounded by number, where the server has none of that name and
 * we may.
 *
 * <p>A client on which operations fail leads nowhere: its server is stuck or vanished without a
 * word, or lost the cache, which is created again with a new one.
 *
 * <p>Thread-safe: it keeps nothing.
 */
final class HotRodClients implements RemoteServer<RemoteCache<byte[], byte[]>> {

    /**
     * How long connecting may take, step by step; nobody but the start of the application waits for
     * it.
     */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /**
     * How long the client leaves a server alone that failed; its default of 30 s would go on long
     * after a restart.
     */
    private static final int LEFT_ALONE_MILLIS = 1000;

    /** As the caches in this JVM. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private static final ServerMessages MESSAGES = new ServerMessages(
            "the Infinispan Server",
            "LOCKSTEP-0340 The Infinispan Server can't be used: ",
            ". Until it can, the store answers. Check lockstep.hotrod.uri, and the server. cache=hotrod",
            "LOCKSTEP-0343 The Infinispan Server is reached. cache=hotrod",
            "LOCKSTEP-0341 There is no connection to the Infinispan Server.",
            "LOCKSTEP-0342 An operation on the Infinispan Server failed: ");

    private static final DataFormat BYTES = DataFormat.builder()
            .keyType(MediaType.APPLICATION_OCTET_STREAM)
            .valueType(MediaType.APPLICATION_OCTET_STREAM)
            .keyMarshaller(IdentityMarshaller.INSTANCE)
            .valueMarshaller(IdentityMarshaller.INSTANCE)
            .build();

    private final HotRodSettings settings;
    private final long maxEntries;
    private final Duration timeout;

    HotRodClients(HotRodSettings settings, CacheContext context) {
        this.settings = settings;
        this.maxEntries = context.maxEntries();
        this.timeout = context.timeout();
    }

    @Override
    public ServerMessages messages() {
        return MESSAGES;
    }

    /**
     * Connects, logs in, and finds or creates the cache, which gives the client all that it needs.
     */
    @Override
    public CompletionStage<RemoteCache<byte[], byte[]>> connect() throws IOException, GeneralSecurityException {
        find();
        return CompletableFuture.completedStage(cache());
    }

    @Override
    public void disconnect(RemoteCache<byte[], byte[]> cache) {
        cache.getRemoteCacheContainer().stop();
    }

    @Override
    public Remedy remedy(Throwable failure) {
        return Remedy.DISCARD;
    }

    /** Whether a server was found, and refused us. */
    @Override
    public boolean isLasting(Throwable failure) {
        return !(failure instanceof IOException);
    }

    @Override
    public void close() {}

    /** Whether some server listens: a client that finds none says so in the log, each time. */
    private void find() throws IOException {
        IOException failure = new IOException("no server");
        for (InetSocketAddress server : settings.servers()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), (int)
                        CONNECT_TIMEOUT.toMillis());
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private RemoteCache<byte[], byte[]> cache() throws GeneralSecurityException {
        RemoteCacheManager manager = new RemoteCacheManager(configuration().build());
        try {
            RemoteCache<byte[], byte[]> cache = manager.getCache(settings.cache());
            if (cache == null) {
                throw new CacheException(
                        "LOCKSTEP-0344 The server has no cache " + settings.cache()
                                + ". Create it, or set lockstep.hotrod.create.",
                        null);
            }
            return cache.withDataFormat(BYTES);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private ConfigurationBuilder configuration() throws GeneralSecurityException {
        ConfigurationBuilder client = new ConfigurationBuilder();
        settings.servers()
                .forEach(server ->
                        client.addServer().host(server.getHostString()).port(server.getPort()));
        client.clientIntelligence(settings.intelligence())
                .connectionTimeout((int) CONNECT_TIMEOUT.toMillis())
                .socketTimeout((int) longer(timeout, CONNECT_TIMEOUT).toMillis())
                .maxRetries(1)
                .serverFailureTimeout(LEFT_ALONE_MILLIS)
                .tcpKeepAlive(true)
                .marshaller(IdentityMarshaller.INSTANCE)
                .disableTracingPropagation();
        client.remoteCache(settings.cache())
                .nearCacheMode(NearCacheMode.DISABLED)
                .transactionMode(TransactionMode.NONE);
        if (!settings.create().equals(HotRodSettings.NONE)) {
            client.remoteCache(settings.cache()).configuration(definition());
        }
        settings.login()
                .ifPresent(login -> client.security()
                        .authentication()
                        .saslMechanism(login.mechanism())
                        .username(login.user())
                        .password(login.password()));
        if (settings.tls().isPresent()) {
            encrypt(client, settings.tls().get());
        }
        return client;
    }

    private static void encrypt(ConfigurationBuilder client, Tls tls) throws GeneralSecurityException {
        client.security()
                .ssl()
                .enable()
                .sslContext(tls.stores().context())
                .sniHostName(tls.name())
                .hostnameValidation(tls.verifiesName());
    }

    /** What the server creates. Every entry has a lifespan of its own. */
    private String definition() {
        String kind = switch (settings.create()) {
            case HotRodSettings.LOCAL -> "local-cache";
            case HotRodSettings.REPLICATED -> "replicated-cache mode=\"SYNC\"";
            default -> "distributed-cache mode=\"SYNC\" owners=\"2\"";
        };
        return "<" + kind + " name=\"" + settings.cache() + "\">"
                + "<encoding media-type=\"application/octet-stream\"/>"
                + "<expiration interval=\"" + SWEEP.toMillis() + "\"/>"
                + "<memory max-count=\"" + maxEntries + "\" when-full=\"REMOVE\"/>"
                + "</" + kind.substring(0, (kind + " ").indexOf(' ')) + ">";
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
