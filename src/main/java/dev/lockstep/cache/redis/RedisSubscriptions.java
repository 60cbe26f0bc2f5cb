package dev.lockstep.cache.redis;

import dev.lockstep.cache.remote.GuardedConsumer;
import dev.lockstep.cache.remote.RemoteServer;
import dev.lockstep.cache.remote.ServerMessages;
import dev.lockstep.spi.ChannelListener;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Connections that subscribe to some channels. Lettuce connects and subscribes again by itself
 * where one is lost; the channels are heard when the server has confirmed all of them.
 * Thread-safe.
 */
final class RedisSubscriptions implements RemoteServer<StatefulRedisPubSubConnection<String, String>> {

    private static final ServerMessages MESSAGES = new ServerMessages(
            "Redis, to subscribe",
            "LOCKSTEP-0334 The revocation channel can't subscribe at Redis: ",
            ". Until it can, logouts wait for the other nodes' polls. Check lockstep.redis.uri, the server, and the"
                    + " user's rights (ACL). channel=redis",
            "LOCKSTEP-0335 The revocation channel has subscribed at Redis. channel=redis",
            RedisClients.NOT_CONNECTED,
            RedisClients.COMMAND_FAILED);

    private final RedisClients clients;
    private final String[] channels;
    private final Consumer<String> texts;
    private final ChannelListener listener;

    /**
     * Not what closes the clients.
     *
     * @param texts gets what comes over any of the channels, on Lettuce's threads; whatever it
     *     throws, what comes later is heard
     */
    RedisSubscriptions(RedisClients clients, List<String> channels, Consumer<String> texts, ChannelListener listener) {
        this.clients = clients;
        this.channels = channels.toArray(String[]::new);
        this.texts = new GuardedConsumer("redis", texts);
        this.listener = listener;
    }

    @Override
    public ServerMessages messages() {
        return MESSAGES;
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, String>> connect() {
        return clients.connectToSubscribe().thenCompose(connection -> subscribed(connection));
    }

    private CompletionStage<StatefulRedisPubSubConnection<String, String>> subscribed(
            StatefulRedisPubSubConnection<String, String> connection) {
        Ear ear = new Ear();
        connection.addListener((RedisPubSubListener<String, String>) ear);
        connection.addListener((RedisConnectionStateListener) ear);
        return connection
                .async()
                .subscribe(channels)
                .thenApply(nothing -> connection)
                .whenComplete((connected, failure) -> {
                    if (failure != null) {
                        disconnect(connection); // or each further try would leave one open
                    }
                });
    }

    @Override
    public void disconnect(StatefulRedisPubSubConnection<String, String> connection) {
        var unused = connection.closeAsync();
    }

    @Override
    public Remedy remedy(Throwable failure) {
        return Remedy.KEEP;
    }

    @Override
    public boolean isLasting(Throwable failure) {
        return false;
    }

    @Override
    public void close() {}

    /** A connection's; told on Lettuce's threads. */
    private final class Ear extends RedisPubSubAdapter<String, String> implements RedisConnectionStateListener {

        private final AtomicBoolean hears = new AtomicBoolean();

        @Override
        public void message(String channel, String text) {
            texts.accept(text);
        }

        @Override
        public void subscribed(String channel, long count) {
            if (count == channels.length && hears.compareAndSet(false, true)) {
                listener.channel(true);
            }
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            if (hears.compareAndSet(true, false)) {
                listener.channel(false);
            }
        }
    }
}
