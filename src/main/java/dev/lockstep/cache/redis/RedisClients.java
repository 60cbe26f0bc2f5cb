package dev.lockstep.cache.redis;

import dev.lockstep.cache.remote.RemoteServer;
import dev.lockstep.cache.remote.ServerMessages;
import dev.lockstep.cache.tls.TlsSettings;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Lettuce's client of a server or a cluster, with few threads of its own, which end with
 * {@link #close}. It connects again by itself, at least every second; without a connection commands
 * fail at once. In a cluster they wait until their deadline, since there the connection to a node
 * is made by the first command for it.
 *
 * <p>A connection to a server that is stuck leads nowhere. One to a server that was demoted still
 * reads, and serves until there is a new one, for which the sentinels are asked again.
 *
 * <p>Thread-safe.
 */
final class RedisClients implements RemoteServer<RedisConnection> {

    /** How long connecting may take; nobody but the start of the application waits for it. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Commands that wait for answers; behind so many, others would time out (an estimate). */
    private static final int QUEUE = 10_000;

    private static final int THREADS = 2;

    static final String NOT_CONNECTED = "LOCKSTEP-0311 There is no connection to Redis.";
    static final String COMMAND_FAILED = "LOCKSTEP-0312 A Redis command failed: ";

    private static final ServerMessages MESSAGES = new ServerMessages(
            "Redis",
            "LOCKSTEP-0310 Redis can't be reached: ",
            ". Until it can, the store answers. Check lockstep.redis.uri, and the server. cache=redis",
            "LOCKSTEP-0313 Redis is reached. cache=redis",
            NOT_CONNECTED,
            COMMAND_FAILED);

    private final EventLoopGroupProvider loops;
    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<RedisConnection>> connecting;
    private final Supplier<CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>> subscribing;

    RedisClients(RedisSettings settings) {
        this(settings, THREADS);
    }

    /** @param threads that read and write; each connection has one of them */
    RedisClients(RedisSettings settings, int threads) {
        loops = new DefaultEventLoopGroupProvider(threads);
        resources = DefaultClientResources.builder()
                .eventLoopGroupProvider(loops)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(10, 1000, TimeUnit.MILLISECONDS, 2))
                .build();
        settings.uris().forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
        if (settings.cluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, settings.uris());
            cluster.setOptions(clusterOptions(settings));
            client = cluster;
            connecting = () -> cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(ByteArrayCodec.INSTANCE))
                    .thenApply(connection -> new RedisConnection(connection.async(), connection));
            subscribing = () ->
                    cluster.refreshPartitionsAsync().thenCompose(known -> cluster.connectPubSubAsync(StringCodec.UTF8));
        } else {
            RedisURI uri = settings.uris().get(0);
            RedisClient single = RedisClient.create(resources, uri);
            single.setOptions(with(ClientOptions.builder(), settings)
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .build());
            client = single;
            connecting = () -> single.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .thenApply(connection -> new RedisConnection(connection.async(), connection));
            subscribing = () -> single.connectPubSubAsync(StringCodec.UTF8, uri);
        }
    }

    /** A connection that subscribes to channels, again by itself after it was lost. */
    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectToSubscribe() {
        return subscribing.get();
    }

    @Override
    public ServerMessages messages() {
        return MESSAGES;
    }

    @Override
    public CompletionStage<RedisConnection> connect() {
        return connecting.get();
    }

    @Override
    public void disconnect(RedisConnection connection) {
        var unused = connection.connection().closeAsync();
    }

    @Override
    public Remedy remedy(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof RedisCommandTimeoutException) {
            return Remedy.DISCARD;
        }
        return failure instanceof RedisReadOnlyException ? Remedy.REPLACE : Remedy.KEEP;
    }

    /** A server that is loading its data refuses everything, too, and has soon done so. */
    @Override
    public boolean isLasting(Throwable failure) {
        return false;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_TIMEOUT);
        var unused = resources.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        var unusedEnd = loops.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ClusterClientOptions clusterOptions(RedisSettings settings) {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(10))
                .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                .build();
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        with(options, settings);
        return options.topologyRefreshOptions(refresh).build();
    }

    private static ClientOptions.Builder with(ClientOptions.Builder options, RedisSettings settings) {
        return options.autoReconnect(true)
                .requestQueueSize(QUEUE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .sslOptions(tls(settings.tls()));
    }

    private static SslOptions tls(TlsSettings tls) {
        try {
            SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
            KeyManagerFactory ours = tls.keyManagers();
            TrustManagerFactory theirs = tls.trustManagers();
            if (ours != null) {
                options.keyManager(ours);
            }
            if (theirs != null) {
                options.trustManager(theirs);
            }
            return options.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
