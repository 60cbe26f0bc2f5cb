package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.cache.remote.PokeInbox;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pokes by Redis' publish and subscribe. Channels: prefix, application, {@code :poke}, for all
 * nodes; and the same with a colon and a sender, for the one that waits. Who can publish there can
 * make nodes read the store, within the receiver's bound, and no more.
 *
 * <p>Thread-safe. What can't be sent is lost, which costs a poll. One connection publishes, another
 * subscribes: a server of before Redis 6 lets no connection do both.
 */
final class RedisChannel implements RevocationChannel {

    private static final Logger LOG = System.getLogger(RedisChannel.class.getName());

    private final RedisSettings settings;
    private final CacheContext context;
    private final String everybody;
    private final String sender = Poke.newSender();
    private final ScheduledThreadPoolExecutor thread;
    private final ReconnectingClient<RedisConnection> publishing;
    private volatile @Nullable ReconnectingClient<StatefulRedisPubSubConnection<String, String>> subscribing;
    private volatile boolean closed;

    private RedisChannel(RedisSettings settings, CacheContext context) {
        this.settings = settings;
        this.context = context;
        this.everybody = CacheKeys.of(settings.prefix(), context.application()).prefix() + "poke";
        this.thread = new ScheduledThreadPoolExecutor(1, context.threads());
        this.publishing = RedisCache.connect(settings, context);
    }

    static RedisChannel open(RedisSettings settings, CacheContext context) {
        return new RedisChannel(settings, context);
    }

    @Override
    public boolean pokes() {
        return true;
    }

    @Override
    public void start(Receiver receiver) {
        PokeInbox inbox = new PokeInbox(sender, receiver, thread);
        RedisSubscriptions server =
                new RedisSubscriptions(settings, List.of(everybody, of(sender)), inbox::add, context.listener());
        subscribing = ReconnectingClient.open(server, context, Runnable::run, RedisClients.CONNECT_TIMEOUT);
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        message.revocations().stream()
                .mapToLong(Revocation::position)
                .max()
                .ifPresent(newest -> publish(everybody, Kind.COMMITTED, new LogPosition(message.epoch(), newest)));
    }

    @Override
    public void answer(LogPosition applied, Set<String> senders) {
        senders.forEach(each -> publish(of(each), Kind.APPLIED, applied));
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        ReconnectingClient<StatefulRedisPubSubConnection<String, String>> subscribed = subscribing;
        subscribing = null;
        if (subscribed != null) {
            subscribed.close();
            context.listener().channel(false);
        }
        publishing.close();
    }

    private String of(String each) {
        return everybody + ":" + each;
    }

    /** Without waiting for an answer. */
    private void publish(String channel, Kind kind, LogPosition position) {
        if (closed) {
            return;
        }
        byte[] text = new Poke(kind, position, sender).text().getBytes(US_ASCII);
        try {
            publishing.call(redis -> {
                var unused = redis.commands().publish(channel.getBytes(UTF_8), text);
                return CompletableFuture.completedFuture(true);
            });
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes", e);
        }
    }
}
