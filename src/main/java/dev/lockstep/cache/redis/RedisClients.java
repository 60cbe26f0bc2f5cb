package dev.lockstep.cache.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Lettuce's client of a server or a cluster, with few threads of its own, which end with {@link #close}. It connects
 * again by itself, at least every second; without a connection commands fail at once.
 *
 * <p>Thread-safe.
 */
final class RedisClients implements AutoCloseable {

    /** How long connecting may take; nobody but the start of the application waits for it. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final int QUEUE = 10_000;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Connector connector;

    RedisClients(RedisSettings settings) {
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(10, 1000, TimeUnit.MILLISECONDS, 2))
                .build();
        settings.uris().forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
        if (settings.cluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, settings.uris());
            cluster.setOptions(clusterOptions(settings));
            client = cluster;
            connector = () -> cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(ByteArrayCodec.INSTANCE))
                    .thenApply(connection -> new RedisConnection(connection.async(), connection));
        } else {
            RedisURI uri = settings.uris().get(0);
            RedisClient single = RedisClient.create(resources, uri);
            single.setOptions(with(ClientOptions.builder(), settings).build());
            client = single;
            connector = () -> single.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .thenApply(connection -> new RedisConnection(connection.async(), connection));
        }
    }

    /** Begins to connect. Never throws. */
    CompletionStage<RedisConnection> connect() {
        try {
            return connector.connect();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_TIMEOUT);
        var unused = resources.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .sslOptions(settings.tls());
    }

    private interface Connector {
        CompletionStage<RedisConnection> connect();
    }
}
